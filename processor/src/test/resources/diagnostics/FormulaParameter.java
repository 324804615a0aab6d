package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaParameter {
  @Loss
  static float unmarked(@Prediction float p, float y) {
  //                                               ^ error [FormulaParameter] Parameter 'y' has no role. Mark it @Prediction, @Target or @Param.
    return p - y;
  }

  @Loss
  static float both(@Prediction @Target float p) {
  //                                          ^ error [FormulaParameter] Parameter 'p' is both @Prediction and @Target. Keep one of them.
    return p;
  }

  @Loss
  static float weight(@Prediction float p, @Weight float w) {
  //                                                     ^ error [FormulaParameter] 'w' is @Weight, which has no meaning in a loss. Mark it @Prediction, @Target or @Param.
    return p - w;
  }

  @Regularizer
  static float target(@Weight float w, @Target float y) {
  //                                                 ^ error [FormulaParameter] 'y' is @Target, which has no meaning in a regulariser. Mark it @Weight or @Param.
    return w - y;
  }

  @Loss
  static float trainable(@Prediction float p, @Param(trainable = true) int k) {
  //                                                                       ^ error [FormulaParameter] 'k' is an int; only a float can be trained. Declare it as float.
    return p * k;
  }

  static float forgotten(@Prediction float p, @Target float y) {
  //                                       ^ warning [FormulaParameter] 'p' is @Prediction, but 'forgotten' is not a formula. Mark the method @Loss or @Regularizer, or remove the annotation.
  //                                                        ^ warning [FormulaParameter] 'y' is @Target, but 'forgotten' is not a formula. Mark the method @Loss or @Regularizer, or remove the annotation.
    return p - y;
  }

  @SuppressWarnings("FormulaParameter")
  static float meant(@Prediction float p) {
    return p;
  }
}
