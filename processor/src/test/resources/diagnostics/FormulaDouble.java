package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaDouble {
  static final double HALF = 0.5;

  @Loss
  static float literal(@Prediction float p) {
    return (float) (0.5 * p);
    //                  ^ error [FormulaDouble] This is computed in double, but a formula computes in float. Write float literals such as 0.5f, and the functions of Formulas instead of Math.
  }

  @Loss
  static float constant(@Prediction float p) {
    return (float) HALF * p;
  }

  @Loss
  static float local(@Prediction float p) {
    double half = 0.5;
    //            ^ error [FormulaDouble] This is declared as double, but a formula computes in float. Declare it as float, and write float literals such as 0.5f.
    return (float) half * p;
  }

  @Loss
  static float inexact(@Prediction float p) {
    return p > 0.1 ? p : 0;
    //       ^ error [FormulaDouble] This is computed in double, but a formula computes in float. Write float literals such as 0.5f, and the functions of Formulas instead of Math.
  }

  @Loss
  static float result(@Prediction float p) {
    float third = 1 / 3.0;
    //              ^ error [FormulaDouble] This constant is a double, but a float is needed. Cast it: (float) ….
    return third * p;
  }
}
