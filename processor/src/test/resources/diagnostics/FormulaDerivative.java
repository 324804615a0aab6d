package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaDerivative {
  @Loss
  static float first(@Prediction(min = 1) float p) {
    return trigamma(p);
    //             ^ error [FormulaDerivative] The first derivative of 'trigamma' is not in the language. Put it behind stopGradient, or use a function that has one.
  }

  @Loss(hessian = Hessian.DIAGONAL)
  static float second(@Prediction(min = 1) float p) {
    return digamma(p) + lgamma(p);
    //            ^ error [FormulaDerivative] The second derivative of 'digamma' is not in the language. Put it behind stopGradient, or use a function that has one.
  }

  @Loss
  static float constant(@Prediction(min = 1) float p, @Target(min = 1) float y) {
    return p * trigamma(y) + digamma(p) + trigamma(stopGradient(p));
  }
}
