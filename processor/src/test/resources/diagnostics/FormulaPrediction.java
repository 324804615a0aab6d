package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaPrediction {
  @Loss
  static float none(@Target float y) {
  //           ^ error [FormulaPrediction] 'none' has no @Prediction; there is nothing to differentiate with respect to. Mark the parameter that is to be fitted.
    return y;
  }

  @Regularizer
  static float nothing(@Param float a) {
  //           ^ error [FormulaPrediction] 'nothing' has no @Weight; there is nothing to differentiate with respect to. Mark the parameter that is to be fitted.
    return a;
  }
}
