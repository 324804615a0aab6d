package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaDefault {
  @Loss
  static float outside(@Prediction float p, @Param(defaultValue = 2, min = 0, max = 1) float a) {
  //                                                              ^ error [FormulaDefault] The default 2 of 'a' is outside its range [0, 1]. Choose one inside.
    return p * a;
  }

  @Loss
  static float whole(@Prediction float p, @Param(defaultValue = 1.5) int k) {
  //                                                            ^ error [FormulaDefault] The default 1.5 of the int 'k' is not an int. Write a whole number.
    return p * k;
  }

  @Loss
  static float vector(@Prediction float p, @Param(defaultValue = 1) float[] w) {
  //                                                             ^ error [FormulaDefault] 'w' is a vector, which has no default: its length is not known. Remove it.
    return p * w[0];
  }

  @Loss
  static float empty(@Prediction(min = 1, max = 0) float p) {
  //                                   ^ error [FormulaDefault] The range [1, 0] of 'p' is empty. Give min ≤ max.
    return p;
  }

  @Loss
  static float endless(@Prediction float p, @Param(defaultValue = Double.POSITIVE_INFINITY) float a) {
  //                                                                    ^ error [FormulaDefault] The default ∞ of 'a' is not a finite float. Choose a finite one, or none.
    return p * a;
  }

  @Loss
  static float tooLarge(@Prediction float p, @Param(defaultValue = 1e39) float a) {
  //                                                               ^ error [FormulaDefault] The default 1.0E39 of 'a' is not a finite float. Choose a finite one, or none.
    return p * a;
  }

  @Loss
  static float nowhere(@Prediction(min = Double.POSITIVE_INFINITY) float p, @Target(max = Double.NaN) float y) {
  //                                           ^ error [FormulaDefault] The range [∞, ∞] of 'p' is empty. Give min ≤ max.
  //                                                                        ^ error [FormulaDefault] The range [-∞, NaN] of 'y' is empty. Give min ≤ max.
    return p * y;
  }
}
