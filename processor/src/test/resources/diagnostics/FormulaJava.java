package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaJava {
  @Loss
  static float invalid(@Prediction float p) {
  //           ^ error [FormulaJava] 'invalid' could not be read, because it is not valid Java. Fix the errors javac reports.
    return p && true;
    //       ^ error bad operand types for binary operator '&&' first type: float second type: boolean
  }
}
