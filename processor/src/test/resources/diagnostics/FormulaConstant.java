package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaConstant {
  private static final boolean ROBUST = false;

  @Loss
  static float switchedOff(@Prediction float p, @Prediction float q) {
    //                                       ^ warning [FormulaConstant] 'p' has no influence: the terms that contain it simplify away. Look for a condition that is constant, or terms that cancel.
    return ROBUST ? abs(p) + q : q;
  }

  @Loss
  static float zero(@Prediction float p) {
    //         ^ warning [FormulaConstant] The result is always 0, whatever the inputs are in their ranges. Look for a condition that always holds, or a range that is declared too narrow.
    return max(0, -square(p));
  }

  @Loss
  static float declaredTooNarrow(@Prediction(min = 1, max = 2) float p) {
    //         ^ warning [FormulaConstant] The result is always 1, whatever the inputs are in their ranges. Look for a condition that always holds, or a range that is declared too narrow.
    return p > 0 ? 1 : p;
  }

  @Loss
  @SuppressWarnings("FormulaConstant")
  static float meant(@Prediction float p) {
    return p - p;
  }
}
