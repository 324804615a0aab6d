package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaSize {
  @Loss
  static float doubled(@Prediction float p) {
    return a(a(p) + a(2 * p)) * b(b(p)) + b(a(p)) * a(b(p));
  }

  @Loss
  static float multiplied(@Prediction float p) {
    //         ^ error [FormulaSize] The kernel of 'multiplied' is longer than Java allows a method to be. Write repetition as a reduction such as sum(n, i -> …), or split the formula into several losses.
    return a(p) * a(2 * p);
  }

  static float a(float x) {
    return b(x + 1) * b(2 * x) + b(3 * x + 1) * b(x * x);
  }

  static float b(float x) {
    return c(x + 1) * c(2 * x) + c(3 * x + 1) * c(x * x);
  }

  static float c(float x) {
    return d(x + 1) * d(2 * x) + d(3 * x + 1) * d(x * x);
    //                                        ^ error [FormulaSize] This formula has more than 4000 operations, counting what helpers and locals stand for. Write repetition as a reduction such as sum(n, i -> …), or split the formula into several losses.
  }

  static float d(float x) {
    return sin(x + 1) * cos(2 * x) + sin(3 * x + 1) * sin(x * x);
  }
}
