package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaClassName {
  @Loss
  static float first(@Prediction float p) {
    return p;
  }

  @Loss(name = "FirstLoss")
  static float second(@Prediction float p) {
  //           ^ error [FormulaClassName] 'FormulaClassName.second' would generate the class FirstLoss, as 'FormulaClassName.first' does. Name one with @Loss(name = "…").
    return p * p;
  }

  @Loss(name = "FormulaClassName")
  static float taken(@Prediction float p) {
  //           ^ error [FormulaClassName] 'FormulaClassName.taken' would generate the class FormulaClassName, which exists already. Choose another name with @Loss(name = "…").
    return p;
  }

  @Loss(name = "no name")
  //           ^ error [FormulaClassName] 'no name' is not a class name. Give a simple name such as HuberLoss.
  static float invalid(@Prediction float p) {
    return p;
  }

  @Loss
  static float overloaded(@Prediction float p) {
    return p;
  }

  @Loss
  static float overloaded(@Prediction float[] p) {
  //           ^ error [FormulaClassName] 'FormulaClassName.overloaded' would generate the class OverloadedLoss, as 'FormulaClassName.overloaded' does. Name one with @Loss(name = "…").
    return p[0];
  }
}
