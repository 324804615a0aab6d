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
}
