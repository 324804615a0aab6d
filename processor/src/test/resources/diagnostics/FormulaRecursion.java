package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaRecursion {
  @Loss
  static float recursive(@Prediction float p, @Target int n) {
    return power(p, n);
  }

  static float power(float x, int n) {
    return n == 0 ? 1 : x * again(x, n - 1);
  }

  static float again(float x, int n) {
    return power(x, n);
    //          ^ error [FormulaRecursion] A formula cannot be recursive: power → again → power. Write a reduction such as sum or prod(n, i -> …).
  }
}
