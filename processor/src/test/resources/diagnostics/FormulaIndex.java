package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaIndex {
  @Loss
  static float negative(@Prediction float[] p) {
    return p[-1];
    //       ^ error [FormulaIndex] The index -1 is negative. Indices run from 0 to length - 1.
  }

  @Loss
  static float fraction(@Prediction float[] p, @Target float y) {
    return p[y];
    //       ^ error [FormulaIndex] The index 'y' is a float. Declare it as int, or cast it: (int) ….
  }

  @Loss
  static float cast(@Prediction float[] p, @Target float[] y) {
    return p[0] * y[(int) p[1]];
    //              ^ warning [FormulaIndex] This index is cast from the prediction 'p', and no gradient flows through a cast. If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest.
  }

  @Loss
  static float rounded(@Prediction float[] p, @Target int k) {
    return p[k + (int) round(2 * p[1])] + p[(int) p[0]];
    //           ^ warning [FormulaIndex] This index is cast from the prediction 'p', and no gradient flows through a cast. If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest.
    //                                      ^ warning [FormulaIndex] This index is cast from the prediction 'p', and no gradient flows through a cast. If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest.
  }

  @Loss
  static float length(@Prediction float[] p) {
    return sum((int) p[0], i -> p[i]);
    //         ^ warning [FormulaIndex] This index is cast from the prediction 'p', and no gradient flows through a cast. If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest.
    //         ^ error [FormulaIndex] This number of values is cast from the prediction 'p', but loop bounds must be known before the predictions are. Give the length of an array or an int @Target, and leave terms out by a condition: i < n ? … : 0.
  }

  @Loss
  static float greatest(@Prediction float[] p, @Target float[] y) {
    return p[argMax(p)] - p[(int) y[0]];
  }

  @Loss
  @SuppressWarnings("FormulaIndex")
  static float intended(@Prediction float[] p, @Target float[] y) {
    return square(p[0] - y[(int) p[1]]);
  }

  @Loss
  static float beyondList(@Prediction float[] p) {
    float[] w = {1f, 2f};
    return p[0] * w[2];
    //              ^ error [FormulaIndex] The index 2 is beyond the end of an array of 2 entries. Indices run from 0 to length - 1.
  }

  @Loss
  static float neighbours(@Prediction float[] p) {
    return sum(p.length, i -> square(p[i + 1] - p[i]));
    //                                ^ warning [FormulaIndex] The index 'i + 1' leaves 'p', where it reads NaN, so that the result is always NaN. Let it run over fewer: sum(n - 1, i -> …), or leave terms out: i + 1 < n ? … : 0.
  }

  @Loss
  static float neighboursInside(@Prediction float[] p) {
    return sum(p.length - 1, i -> square(p[i + 1] - p[i]))
        + sum(p.length, i -> i + 1 < p.length ? p[i + 1] * p[i] : 0)
        + sum(p.length, i -> i > 0 && p[i - 1] > p[i] ? p[i] : 0);
  }
}
