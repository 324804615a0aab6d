package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.IntToFloat;

/** Helper methods in a class of their own. */
final class Helpers {

  static final float HALF = 0.5f;
  static final float ROOT_2PI = (float) Math.sqrt(2 * Math.PI);
  static final double SLOPE = 1.0 / 3;
  static final int TWICE = 2;
  static final float[] WEIGHTS = {1, 2, 0.5f};

  private Helpers() {}

  static float halfSquare(float r) {
    return HALF * r * r;
  }

  static float pick(float a, float b, boolean first) {
    if (first) {
      return a;
    }
    return b;
  }

  static float[] residuals(float[] p, float[] y) {
    return vector(p.length, i -> p[i] - y[i]);
  }

  static float weightedMean(int n, IntToFloat weight, IntToFloat value) {
    float total = sum(n, weight);
    return sum(n, i -> weight.apply(i) * value.apply(i)) / total;
  }

  static int next(int i, int n) {
    return i + 1 < n ? i + 1 : 0;
  }
}
