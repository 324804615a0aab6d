package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaExpression {
  @Loss
  static float bits(@Prediction float p, @Target int k) {
    return p * (k << 1) + p * (k & 3);
    //            ^ error [FormulaExpression] A formula has no bit operation. Use arithmetic, comparisons and the functions of Formulas.
    //                           ^ error [FormulaExpression] A formula has no bit operation. Use arithmetic, comparisons and the functions of Formulas.
  }

  @Loss
  static float objects(@Prediction float p) {
    return p * new java.util.Random().nextFloat();
    //                                         ^ error [FormulaCall] 'nextFloat' is an instance method; a formula calls static ones. Use the functions of dev.lossforge.dsl.Formulas, or make it static if it is yours.
  }

  @Loss
  static float reference(@Prediction float[] p) {
    return sum(p.length, FormulaExpression::twice) + p[0];
    //                   ^ error [FormulaExpression] A formula has no method reference. Write a lambda: i -> ….
  }

  static float twice(int i) {
    return 2 * i;
  }
}
