package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaEquality {
  @Loss
  static float equal(@Prediction float p, @Target float y) {
    return p == y ? 0 : p;
    //       ^ warning [FormulaEquality] This compares computed floats for equality, which rounding decides. Compare with a tolerance: abs(a - b) <= tolerance.
  }

  @Loss
  @SuppressWarnings("FormulaEquality")
  static float known(@Prediction float p, @Target float y) {
    return p == y ? 0 : p;
  }

  @Loss
  static float sound(@Prediction float p, @Target float y) {
    return y == 1 ? p : -p;
  }

  @Loss
  static float guardedDivision(@Prediction float p, @Target float y) {
    float size = abs(p) + abs(y);
    return size == 0 ? 0 : abs(p - y) / size;
  }
}
