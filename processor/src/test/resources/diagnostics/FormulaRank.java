package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaRank {
  @Loss
  static float indexed(@Prediction float[] logits, @Target int label) {
    return logSumExp(logits) - logits[label[0]];
    //                                     ^ error [FormulaRank] 'label' is one int per sample; it cannot be indexed. Did you mean 'label'?
  }

  @Loss
  static float length(@Prediction float[] p, @Target float y) {
    return sum(y.length, i -> p[i]);
    //          ^ error [FormulaRank] 'y' is one float per sample; it has no length. Take the length of an array.
  }

  @Loss
  static float mixed(@Prediction float[] p, @Prediction float q) {
  //                                                          ^ error [FormulaRank] 'p' is float[] but 'q' is float; all of them share one rank, which is the scope of the formula. Declare both as float or as float[].
    return sum(p) + q;
  }

  @Loss
  static float above(@Prediction float p, @Target float[] y) {
  //                                                      ^ error [FormulaRank] 'y' is float[], but the formula covers one element: its predictions are float. Declare it with at most as many dimensions.
    return p * y[0];
  }

  @Loss(scope = Scope.SAMPLE)
  //                 ^ error [FormulaRank] 'sample' covers one sample, but its prediction 'p' is one float. Declare 'p' as float[] or float[][], or leave out the scope.
  static float sample(@Prediction float p, @Target float y) {
    return abs(p - y);
  }

  @Loss(scope = Scope.SAMPLE)
  static float matrix(@Prediction float[][] p, @Target float y) {
    return sum(p.length, i -> p[i][0] - y[i]);
    //                                   ^ error [FormulaRank] 'y' is one float per sample; it cannot be indexed. Did you mean 'y'?
  }

  @Loss
  static float vector(@Prediction float[] p, @Target float[] y) {
    return p - y;
    //       ^ error [FormulaRank] Operators work on numbers, not on arrays. Write it for each entry: sum(n, i -> a[i] - b[i]), or mean or vector(n, i -> …).
  }

  @Loss
  static float order(@Prediction float[] p) {
    return p[argSort(p)];
    //              ^ error [FormulaRank] This is a vector, where one number is needed. Index or reduce it.
  }
}
