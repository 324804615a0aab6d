package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaStatement {
  @Loss
  static float loop(@Prediction float[] p) {
    for (int i = 0; i < p.length; i++) {
  //^ error [FormulaStatement] A formula has no 'for' loop. Write a reduction such as sum(n, i -> …), mean or max.
    }
    return p[0];
  }

  @Loss
  static float thrown(@Prediction float p) {
    if (p < 0) {
      throw new IllegalArgumentException();
    //^ error [FormulaStatement] A formula has no 'throw'. Return Float.NaN where there is no result.
    }
    return p;
  }

  @Loss
  static float withoutEffect(@Prediction float p) {
    abs(p);
  //^ error [FormulaStatement] This statement has no effect on the result. Return it, use its value, or remove it.
    return p;
  }

  @Loss
  static float missing(@Prediction float p) {
  //                                        ^ error [FormulaStatement] 'missing' does not return a value on every path. End it with a return.
    if (p > 0) {
      return p;
    }
  }

  @Loss
  static float unreachable(@Prediction float p) {
    return p;
    return 2 * p;
  //^ error [FormulaStatement] This statement is never reached. Remove it: every path returns before it.
  }
}
