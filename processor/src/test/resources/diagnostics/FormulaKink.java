package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaKink {
  @Loss
  static float angle(@Prediction float[] p, @Target float[] y) {
    return acos(clamp(cosineSimilarity(p, y), -1, 1));
    //         ^ warning [FormulaKink] The gradient of 'acos' is infinite where its operand is 1, which it can be. Keep it away from there, for example with clamp(x, -0.999999f, 0.999999f), or guard it: a gradient of ∞ times 0 is NaN.
  }

  @Loss
  static float root(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
    return -log(sum(p.length, i -> sqrt(p[i] * y[i])));
    //                                 ^ warning [FormulaKink] The gradient of 'sqrt' is infinite where 'p[i]·y[i]' is 0, which it can be. Keep it away from there, for example with x + 1e-6f, or guard it: a gradient of ∞ times 0 is NaN.
  }

  @Loss
  static float power(@Prediction float p, @Target float y) {
    return pow(abs(p - y), 0.5f);
    //        ^ warning [FormulaKink] The gradient of 'pow' is infinite where '|p − y|' is 0, which it can be. Keep it away from there, for example with x + 1e-6f, or guard it: a gradient of ∞ times 0 is NaN.
  }

  @Loss
  static float hyperbolic(@Prediction float p, @Target float y) {
    return acosh(1 + square(p - y));
    //          ^ warning [FormulaKink] The gradient of 'acosh' is infinite where '1 + (p − y)²' is 1, which it can be. Keep it away from there, for example with max(x, 1.000001f), or guard it: a gradient of ∞ times 0 is NaN.
  }

  // Where a subgradient is given, or the end of a prediction's own range is meant, nothing is said.

  @Loss
  static float chosen(@Prediction float p, @Target float y) {
    return abs(p - y) + max(0, p - y) + sqrt(square(p - y)) + sqrt(abs(p));
  }

  @Loss
  static float ends(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
    return square(sqrt(p) - sqrt(y)) + sqrt(1 - p) + pow(p, 0.7f);
  }

  @Loss
  static float inside(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
    return sqrt(p * y + 1e-6f) + acos(0.999f * sin(p));
  }

  @Loss
  static float suppressed(@Prediction float p, @SuppressWarnings("FormulaKink") @Target float y) {
    @SuppressWarnings("FormulaKink")
    float r = pow(abs(p - y), 0.5f);
    return r;
  }
}
