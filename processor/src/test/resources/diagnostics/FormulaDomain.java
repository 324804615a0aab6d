package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaDomain {
  @Loss
  static float logarithm(@Prediction float p) {
    return -log(p);
    //         ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 0), or, with x for it, guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float weighted(@Prediction float p, @Target(min = 0, max = 1) float y) {
    return -y * log(p) - (1 - y) * log(1 - p);
    //             ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 0), or, with x for it, guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
    //                                ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but '1 − p' is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float root(@Prediction float p, @Target float y) {
    return sqrt(p - y);
    //         ^ warning [FormulaDomain] 'sqrt' needs an operand ≥ 0, but 'p − y' is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? sqrt(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float power(@Prediction float p, @Param float a) {
    return pow(p, a) + pow(p, 3) + pow(p, -1.5f);
    //        ^ warning [FormulaDomain] A negative number has no power with a non-integer exponent, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 1e-6), or, with x for it, guard it: x > 0 ? pow(x, y) : …, or clamp it: max(x, 1e-6f).
    //                                ^ warning [FormulaDomain] A negative number has no power with a non-integer exponent, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 1e-6), or, with x for it, guard it: x > 0 ? pow(x, y) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float percentage(@Prediction float p, @Target float y) {
    return abs((p - y) / y);
    //                 ^ warning [FormulaDomain] This divides by 'y', which can be 0: it is in (−∞, ∞). Declare the range of 'y' with @Target(min = 1e-6), or, with x for it, guard it: x == 0 ? … : a / x, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float negativePower(@Prediction(min = 0, max = 1) float p) {
    return pow(p, -2);
    //        ^ warning [FormulaDomain] 0 to a negative power is infinite, but 'p' is in [0, 1] and its exponent in {−2}. Declare the range of 'p' with @Prediction(min = 1e-6), or, with x for it, guard it: x > 0 ? pow(x, y) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float angle(@Prediction float p) {
    return acos(p);
    //         ^ warning [FormulaDomain] 'acos' needs an operand in [−1, 1], but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = -1, max = 1), or, with x for it, guard it: abs(x) < 1 ? acos(x) : …, or clamp it: clamp(x, -0.999999f, 0.999999f).
  }

  @Loss
  static float arcsine(@Prediction float p) {
    return asin(p * p);
    //         ^ warning [FormulaDomain] 'asin' needs an operand in [−1, 1], but 'p·p' is in [0, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: abs(x) < 1 ? asin(x) : …, or clamp it: clamp(x, -0.999999f, 0.999999f).
  }

  @Loss
  static float artanh(@Prediction float p) {
    return atanh(2 * sigmoid(p));
    //          ^ warning [FormulaDomain] 'atanh' needs an operand in [−1, 1], but '2·sigmoid(p)' is in (0, 2). If the ranges of the inputs keep it inside, declare them; otherwise guard it: abs(x) < 1 ? atanh(x) : …, or clamp it: clamp(x, -0.999999f, 0.999999f).
  }

  @Loss
  static float area(@Prediction float p) {
    return acosh(exp(p));
    //          ^ warning [FormulaDomain] 'acosh' needs an operand ≥ 1, but 'exp(p)' is in (0, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 1 ? acosh(x) : …, or clamp it: max(x, 1.000001f).
  }

  @Loss
  static float gamma(@Prediction float p) {
    return lgamma(p);
    //           ^ warning [FormulaDomain] 'lgamma' needs an operand ≥ 0, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 0), or, with x for it, guard it: x > 0 ? lgamma(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float logarithmOfGamma(@Prediction float p) {
    return digamma(square(p));
    //            ^ warning [FormulaDomain] 'digamma' needs an operand > 0, but 'p²' is in [0, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? digamma(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float nearOne(@Prediction float p) {
    return log1p(p - 2);
    //          ^ warning [FormulaDomain] 'log1p' needs an operand ≥ −1, but 'p − 2' is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > -1 ? log1p(x) : …, or clamp it: max(x, -0.999999f).
  }

  @Loss
  static float logOfDifference(@Prediction float a, @Prediction float b) {
    return log(sigmoid(a) - sigmoid(b));
    //        ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'sigmoid(a) − sigmoid(b)' is in (−1, 1). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float rest(@Prediction float p) {
    return p - log1p(p);
    //              ^ warning [FormulaDomain] 'log1p' needs an operand ≥ −1, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = -1), or, with x for it, guard it: x > -1 ? log1p(x) : …, or clamp it: max(x, -0.999999f).
  }

  @Loss
  static float belowZero(@Prediction float p) {
    return log1mExp(p);
    //             ^ warning [FormulaDomain] 'log1mExp' needs an operand ≤ 0, but 'p' is in (−∞, ∞). Declare the range of 'p' with @Prediction(max = 0), or, with x for it, guard it: x < 0 ? log1mExp(x) : …, or clamp it: min(x, -1e-6f).
  }

  @Loss
  static float meanOfOthers(@Prediction float[] p) {
    return mean(p.length - 1, i -> p[i]);
    //         ^ warning [FormulaDomain] This mean may be empty, which makes it NaN: the number of values is in [0, ∞). Guard it: n > 0 ? mean(n, i -> …) : 0.
  }

  @Loss
  static float meanOfSome(@Prediction float[] p, @Target int n) {
    return mean(n, i -> p[i]) + p[0] * p[p.length / n];
    //         ^ warning [FormulaDomain] This mean may be empty, which makes it NaN: the number of values is in (−∞, ∞). Guard it: n > 0 ? mean(n, i -> …) : 0.
    //                                            ^ warning [FormulaDomain] This divides by 'n', which can be 0: it is in (−∞, ∞). Declare the range of 'n' with @Target(min = 1), or, with x for it, guard it: x == 0 ? … : a / x, or clamp it: max(x, 1).
  }

  @Loss
  static float difference(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
    return log(p) - log(y);
    //            ^ warning [FormulaDomain] This can be ∞ − ∞, which is NaN: its operands are in [−∞, 0] and [0, ∞]. Keep the infinity out: declare a narrower range, or guard or clamp what it comes from.
  }

  @Loss
  static float product(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float y) {
    return y * (log(p[0]) - 1) + sum(p.length, i -> y > 0.5f ? log(p[i]) : -log(p[i]));
    //       ^ warning [FormulaDomain] This can be 0 · ∞, which is NaN: its operands are in [0, 1] and [−∞, −1]. Keep the infinity out: declare a narrower range, or guard or clamp what it comes from.
    //                              ^ warning [FormulaDomain] This can be ∞ − ∞, which is NaN: its operands are in [−∞, ∞] and [−∞, ∞]. Keep the infinity out: declare a narrower range, or guard or clamp what it comes from.
  }

  @Loss
  static float quotient(@Prediction(min = 0, max = 1) float p) {
    return log(p) / log1p(-p) + prod(2, i -> log(p));
    //            ^ warning [FormulaDomain] This divides by 'log1p(−p)', which can be 0: it is in [−∞, 0]. If the ranges of the inputs keep it inside, declare them; otherwise guard it: x == 0 ? … : a / x, or clamp it: max(x, 1e-6f).
    //            ^ warning [FormulaDomain] This can be ∞ / ∞, which is NaN: its operands are in [−∞, 0] and [−∞, 0]. Keep the infinity out: declare a narrower range, or guard or clamp what it comes from.
    //                              ^ warning [FormulaDomain] This can be 0 · ∞, which is NaN: its operands are in [−∞, 0] and [−∞, 0]. Keep the infinity out: declare a narrower range, or guard or clamp what it comes from.
  }

  @Loss
  static float sine(@Prediction(min = 0, max = 1) float p) {
    return sin(log(p));
    //        ^ warning [FormulaDomain] 'sin' needs an operand that is finite, but 'log(p)' is in [−∞, 0]. If the ranges of the inputs keep it inside, declare them; otherwise guard it: abs(x) < 1e6f ? sin(x) : …, or clamp it: clamp(x, -1e6f, 1e6f).
  }

  @Regularizer
  static float entropy(@Weight float w) {
    return helper(w);
  }

  static float helper(float x) {
    return log(x);
    //        ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'w' is in (−∞, ∞). With x for 'w': guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  // What rules have made of an operation is told as it was written.

  @Loss
  static float tangent(@Prediction float p) {
    return log(2 * sigmoid(p) - 1);
    //        ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but '2·sigmoid(p) − 1' is in (−1, 1). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float normalInterval(@Prediction float p, @Prediction float q) {
    return log(normalCdf(p + 1) - normalCdf(q));
    //        ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'normalCdf(p + 1) − normalCdf(q)' is in (−1, 1). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float ofQuotient(@Prediction float p) {
    return log((1 + p) / (1 - p));
    //        ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but '(1 + p) / (1 − p)' is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
    //                 ^ warning [FormulaDomain] This divides by '1 − p', which can be 0: it is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x == 0 ? … : a / x, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float inverseTangent(@Prediction float p, @Target float y) {
    return y - 0.5f * log((1 + p) / (1 - p));
    //                   ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but '(1 + p) / (1 − p)' is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
    //                            ^ warning [FormulaDomain] This divides by '1 − p', which can be 0: it is in (−∞, ∞). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x == 0 ? … : a / x, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float thresholds(@Prediction float p, @Target int k, @Param float[] c) {
    return -log(sigmoid(c[k] - p) - sigmoid(c[k - 1] - p));
    //         ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'sigmoid(c[k] − p) − sigmoid(c[k − 1] − p)' is in (−1, 1). If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float insideOfSum(@Prediction float[] p, @Target(min = 0) float[] y) {
    return sum(p.length, i -> y[i] > 0 ? y[i] * log(y[i] / p[i]) : 0);
    //                                                   ^ warning [FormulaDomain] This divides by 'p[i]', which can be 0: it is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 1e-6), or, with x for it, guard it: x == 0 ? … : a / x, or clamp it: max(x, 1e-6f).
    //                                             ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'y[i] / p[i]' is in (−∞, ∞) without 0. If the ranges of the inputs keep it inside, declare them; otherwise guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
  }

  @Loss
  static float differenceOfExponentials(@Prediction float p, @Prediction float q) {
    return logDiffExp(p, q);
    //               ^ warning [FormulaDomain] 'logDiffExp(p, q)' needs 'q − p' ≤ 0, but it is in (−∞, ∞). If the ranges of the inputs keep it so, declare them; otherwise guard it: (q - p) < 0 ? logDiffExp(p, q) : ….
  }

  @Loss
  static float timesLogarithm(@Prediction float p, @Prediction float q) {
    return xlogy(p, q);
    //          ^ warning [FormulaDomain] 'xlogy(p, q)' needs 'q' ≥ 0, but it is in (−∞, ∞). Declare the range of 'q' with @Prediction(min = 0), or guard it: q > 0 ? xlogy(p, q) : ….
  }

  @Loss
  static float beta(@Prediction float p, @Prediction float q) {
    return lbeta(p, q + 1);
    //          ^ warning [FormulaDomain] 'lbeta(p, q + 1)' needs 'p' ≥ 0, but it is in (−∞, ∞). Declare the range of 'p' with @Prediction(min = 0), or guard it: p > 0 ? lbeta(p, q + 1) : ….
    //          ^ warning [FormulaDomain] 'lbeta(p, q + 1)' needs 'q + 1' ≥ 0, but it is in (−∞, ∞). If the ranges of the inputs keep it so, declare them; otherwise guard it: (q + 1) > 0 ? lbeta(p, q + 1) : ….
  }

  @Loss
  static float onceForAllHyperparameters(
      @Prediction float p, @Target float y, @Param float a, @Param float b, @Param float c) {
    return square(p - y) / a + log(b) * p + log(a * b) + lgamma(c) + p / (p * p + a) + sqrt(square(p - y) + c);
    //                   ^ warning [FormulaDomain] This divides by 'a', which can be 0: it is in (−∞, ∞). Declare the ranges of the hyperparameters 'a', 'b' and 'c', such as @Param(min = 1e-6); other operations depend on them, too.
  }

  // What follows is safe, and silent.

  @Loss
  static float declared(@Prediction(min = 0, max = 1) float p, @Target(min = 0, max = 1) float y) {
    return -y * log(p) - (1 - y) * log(1 - p);
  }

  @Loss
  static float stable(@Prediction float[] z, @Target int k) {
    return log(sum(z.length, i -> exp(z[i]))) - z[k] + log(1 + exp(z[0])) + log(exp(z[1]) / sum(z.length, i -> exp(z[i])));
  }

  @Loss
  static float guarded(@Prediction float p, @Target float y, @Param float a) {
    float logarithm = p > 0 ? log(p) : 0;
    if (y == 0) {
      return logarithm;
    }
    float scaled = p / y;
    if (a <= 1 || p - y <= 0) {
      return scaled;
    }
    return scaled + logarithm + sqrt(p - y) + 1 / log(a) + (y != 2 ? 1 / (2 - y) : 0);
  }

  @Loss
  static float clamped(@Prediction float p, @Target float y) {
    return acos(clamp(p, -1, 1) * 0.99f) + log(max(p, 1e-6f)) + (p - y) / max(abs(y), 1e-6f) + sqrt(1 - square(tanh(p)));
  }

  @Loss
  static float vectors(@Prediction float[] p, @Target float[] y) {
    return sqrt(mean(p.length, i -> square(p[i] - y[i]))) + log(norm(p) + 1) - log(softmax(p)[0]) + cosineSimilarity(p, y);
  }

  @Loss
  static float overlap(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
    return 1 - dot(p, y) / (sum(p) + sum(y) - dot(p, y) + 1e-6f);
  }

  @Loss
  static float onceForEachHyperparameter(@Prediction float f, @Target float y, @Param float p) {
    return exp((2 - p) * f) / (2 - p) - y * exp((1 - p) * f) / (1 - p);
    //                      ^ warning [FormulaDomain] This divides by '2 − p', which can be 0: it is in (−∞, ∞). Declare the range of the hyperparameter 'p', with @Param(min = …, max = …); other operations depend on it, too.
  }

  @Loss
  static float powers(@Prediction float z, @Param(min = 0) float gamma) {
    return pow(sigmoid(z), gamma) + pow(1 + square(z), -0.5f) + pow(z, 2);
  }

  @Loss
  static float unreachable(@Prediction(min = 0) float p) {
    return p < 0 ? log(p) : p;
  }

  @Loss
  @SuppressWarnings("FormulaDomain")
  static float byMethod(@Prediction float p) {
    return helper(p);
  }

  @Loss
  @SuppressWarnings("lossforge")
  static float byAll(@Prediction float p) {
    return log(p);
  }

  @Loss
  static float byLocal(@Prediction float p) {
    @SuppressWarnings("FormulaDomain")
    float logarithm = log(p);
    return logarithm;
  }

  @SuppressWarnings({"unused", "FormulaDomain"})
  static class ByClass {
    @Loss
    static float inside(@Prediction float p) {
      return log(p);
    }
  }
}
