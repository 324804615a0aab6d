package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaMutation {
  static float state;

  @Loss
  static float local(@Prediction float p) {
    float r = p;
    r = r * r;
    //^ error [FormulaMutation] 'r' would change its value; locals in a formula are final. Declare another local, or use ?: or a reduction such as sum(n, i -> …).
    r += 1;
    //^ error [FormulaMutation] 'r' would change its value; locals in a formula are final. Declare another local, or use ?: or a reduction such as sum(n, i -> …).
    r++;
   //^ error [FormulaMutation] 'r' would change its value; locals in a formula are final. Declare another local, or use ?: or a reduction such as sum(n, i -> …).
    return r;
  }

  @Loss
  static float entry(@Prediction float[] p) {
    p[0] = 1;
    //   ^ error [FormulaMutation] A formula does not write into arrays. Create a vector with vector(n, i -> …), or use its entries directly.
    return p[0];
  }

  @Loss
  static float field(@Prediction float p) {
    state = p;
    //    ^ error [FormulaMutation] A formula does not write to 'state'. Return the value instead.
    return p;
  }
}
