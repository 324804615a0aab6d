package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaUnused {
  @Loss
  static float forgotten(@Prediction float p, @Target float y, @Param(defaultValue = 1) float delta) {
    //                                                      ^ warning [FormulaUnused] 'y' is not used. Use it, or remove it.
    //                                                                                        ^ warning [FormulaUnused] 'delta' is not used. Use it, or remove it.
    return square(p);
  }

  @Loss
  static float length(@Prediction float[] p, @Target float[] y) {
    return sum(y.length, i -> p[i]);
  }

  @Loss
  static float meant(@Prediction float p, @SuppressWarnings("FormulaUnused") @Target float y) {
    return square(p);
  }
}
