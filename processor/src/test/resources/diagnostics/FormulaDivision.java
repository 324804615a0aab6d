package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaDivision {
  @Loss
  static float half(@Prediction float p, @Target float y) {
    return 1 / 2 * square(p - y) + p;
    //       ^ warning [FormulaDivision] This divides ints, which rounds toward 0 before the result becomes a float. Make one of them a float: (float) a / b, or 1f / 2.
  }

  @Loss
  static float share(@Prediction float[] p, @Target int k) {
    float share = (k / p.length);
    //               ^ warning [FormulaDivision] This divides ints, which rounds toward 0 before the result becomes a float. Make one of them a float: (float) a / b, or 1f / 2.
    return p[0] * share;
  }

  // Rounding is meant in an index, and there is none in these.

  @Loss
  static float meant(@Prediction float[] p) {
    return p[(p.length - 1) / 2] * (4 / 2) * (1f / 2) * ((float) p.length / 2);
  }
}
