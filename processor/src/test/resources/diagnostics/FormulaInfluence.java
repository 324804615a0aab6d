package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaInfluence {
  @Loss
  static float none(@Prediction float real, @Prediction float fake) {
  //                                                          ^ error [FormulaInfluence] 'fake' does not influence the result. Use it, or remove it.
    return square(real);
  }

  @Loss
  static float argMaxOnly(@Prediction float[] p, @Target float[] y) {
  //                                          ^ error [FormulaInfluence] 'p' influences the result only through 'argMax', whose derivative is zero everywhere. Use its value too.
    return y[argMax(p)];
  }

  @Loss
  static float orderOnly(@Prediction float[] p, @Target float[] y) {
  //                                         ^ error [FormulaInfluence] 'p' influences the result only through 'argSort', whose derivative is zero everywhere. Use its value too.
    int[] order = argSort(p);
    return sum(y.length, k -> k * y[order[k]]);
  }

  @Loss
  static float rankOnly(@Prediction float[] p, @Target float[] y) {
  //                                        ^ error [FormulaInfluence] 'p' influences the result only through 'rank', whose derivative is zero everywhere. Use its value too.
    return sum(y.length, i -> y[i] * rank(p)[i]);
  }

  @Loss
  static float comparisonOnly(@Prediction float p, @Target float y) {
  //                                            ^ error [FormulaInfluence] 'p' influences the result only through a comparison, whose derivative is zero everywhere. Use its value too.
    return p > y ? y : 1;
  }

  @Loss
  static float castOnly(@Prediction float p) {
  //                                      ^ error [FormulaInfluence] 'p' influences the result only through a cast to int, whose derivative is zero everywhere. Use its value too.
    return (int) p;
  }

  @Loss
  static float stopped(@Prediction float p) {
  //                                     ^ error [FormulaInfluence] 'p' influences the result only through 'stopGradient', whose derivative is zero everywhere. Use its value too.
    return stopGradient(p);
  }

  @Loss
  static float exchanged(@Prediction float y, @Target float p) {
  //                                       ^ error [FormulaInfluence] The result varies with the @Target 'p', but not with 'y'; a target is a constant. If the model predicts 'p', mark it @Prediction; use 'y' too, or remove it.
    return square(p);
  }

  @Loss
  static float selection(@Prediction float p, @Prediction float q) {
  //                                                            ^ error [FormulaInfluence] 'q' influences the result only through a comparison, whose derivative is zero everywhere. Use its value too, or mark it @Target.
    return q > 0 ? p : 2 * p;
  }
}
