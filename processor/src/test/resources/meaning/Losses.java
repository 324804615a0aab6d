package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

/** Formulas that use each part of the language. */
final class Losses {

  static final float EPSILON = 1e-6f;

  @Loss
  static float huber(@Prediction float p, @Target float y, @Param(min = 0) float delta) {
    float r = abs(p - y);
    return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
  }

  @Loss
  static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
    return logSumExp(logits) - logits[label];
  }

  @Loss
  static float rmse(@Prediction float[][] p, @Target float[][] y) {
    return sqrt(mean(p.length, i -> mean(p[i].length, j -> square(p[i][j] - y[i][j]))));
  }

  @Loss
  static float hingeDiscriminator(@Prediction float real, @Prediction float fake) {
    return max(0f, 1f - real) + max(0f, 1f + fake);
  }

  @Loss
  static float integers(@Prediction float p, @Target int y) {
    int twice = 2 * y - 1;
    int rest = (twice + 7) / 2 % 3 - -y + +1;
    return p * rest + 1 / 2 + (float) rest / 2 + (int) (3 * p) + abs(-y) + square(y) + max(y, 1) + min(y, 1);
  }

  @Loss
  static float earlyReturns(@Prediction float p, @Target float y, @Param float a) {
    if (p < -1) {
      return p - a;
    } else if (p < 0) {
      float q = p * p;
      if (y > 0 && a > 0) {
        return q;
      }
      if (y < -1 || !(a < 1)) {
        return q + y;
      }
    }
    if (p > 1) return 3 * p;
    return p + y + a;
  }

  @Loss
  static float definiteAssignment(@Prediction float p, @Target float y) {
    final float r;
    float s;
    if (p < y) {
      r = y - p;
      if (r > 1) {
        s = 2;
      } else {
        s = r;
      }
    } else {
      r = 0;
      {
        s = 4 * p;
      }
    }
    ;
    return r * s + s;
  }

  @Loss
  static float conditionsOnBooleans(@Prediction float p, @Target float y, @Target int k) {
    boolean above = p > y;
    boolean odd = k == 1;
    return (above ^ odd ? 1 : 2) * p + (above == odd ? p : 3) + (above != odd & k != 2 ? y : 0) + (above | odd ? 1f : 0);
  }

  @Loss
  static float switches(@Prediction float p, @Target int k) {
    return p * switch (k) {
      case 0 -> 1.5f;
      case 1, 3 -> p;
      default -> k - p;
    };
  }

  @Loss
  static float constants(@Prediction float p, @Target float y) {
    return p * Helpers.ROOT_2PI + Helpers.TWICE * EPSILON + (float) Helpers.SLOPE * y + (float) (0.1 + 2 * Math.PI) + PI
        + (p > 0.5 ? 1 : 0) + (float) Math.exp(-0.5) + Float.MIN_NORMAL + (float) -1e-3;
  }

  @Loss
  static float helpers(@Prediction float[] p, @Target float[] y) {
    float[] r = Helpers.residuals(p, y);
    return Helpers.halfSquare(norm(r)) + Helpers.pick(r[0], r[1], p[0] > 0) + Helpers.halfSquare(r[2])
        + Helpers.weightedMean(p.length, i -> 1 + i, i -> r[i]);
  }

  @Loss
  static float vectors(@Prediction float[] z, @Target float[] y) {
    float[] q = softmax(z);
    float[] l = logSoftmax(z);
    float[] chosen = z[0] > 0 ? q : l;
    return dot(q, y) + sum(l) * 0.1f + cosineSimilarity(z, y) + squaredNorm(stopGradient(z)) + max(q) - min(l) + mean(z)
        + prod(y) + argMax(z) - argMin(y) + chosen[2] + chosen.length + logSumExp(z.length, i -> z[i] - y[i]);
  }

  @Loss
  static float cosineOfZero(@Prediction float[] p, @Target float[] y) {
    return cosineSimilarity(vector(p.length, i -> 0 * p[i]), y);
  }

  @Loss
  static float listedEntries(@Prediction float[] p, @Target int k) {
    float[] v = {p[0], 2 * p[1], k};
    int[] order = new int[] {2, 0, 1};
    return logSumExp(v) + v[k] + p[order[k]] + Helpers.WEIGHTS[k] * v[order[0]];
  }

  @Loss
  static float pairsInsideARow(@Prediction float[] s, @Target float[] y, @Param(min = 0) float margin) {
    return sum(s.length, i -> sum(s.length, j -> y[i] > y[j] && i != j ? max(0f, margin - (s[i] - s[j])) : 0f))
        / (s.length * (s.length - 1));
  }

  @Loss
  static float shiftedIndices(@Prediction float[] p) {
    return sum(p.length - 1, i -> square(p[i + 1] - p[i])) + sum(p.length, i -> p[i] * p[Helpers.next(i, p.length)]);
  }

  @Loss
  static float triangular(@Prediction float[] p) {
    return sum(p.length, i -> sum(i, j -> p[i] * p[j]));
  }

  @Loss
  static float blockLambda(@Prediction float[] p, @Target float[] y, @Param float[] w) {
    return mean(
        p.length,
        i -> {
          float r = p[i] - y[i];
          if (r < 0) {
            return -r * w[i];
          }
          return 2 * r;
        });
  }

  @Loss
  static float contrastive(@Prediction float[][] e, @Target int[] label) {
    return mean(
        e.length,
        i -> sum(e.length, j -> i == j ? 0f : label[i] == label[j] ? norm(Helpers.residuals(e[i], e[j])) : dot(e[i], e[j])));
  }

  @Loss
  static float batchTargets(@Prediction float[][] a, @Prediction float[][] b, @Target float[] w, @Target int[][] k) {
    float[] first = a[0];
    return sum(w.length, i -> w[i] * a[i][k[i][0]]) + sum(b.length, i -> max(b[i])) + first[1] * first.length;
  }

  @Loss
  static float everyFunction(@Prediction(min = 0.0625, max = 0.9375) float p, @Target(min = 0.0625) float y) {
    return sign(p) + square(p) + sqrt(p) + exp(p) + expm1(p) + log(p) + log1p(p) + log1mExp(-p) + sin(p) + cos(p) + tan(p)
        + asin(p) + acos(p) + atan(p) + sinh(p) + cosh(p) + tanh(p) + asinh(p) + acosh(1 + p) + atanh(p) + atan2(p, y)
        + hypot(p, y) + pow(p, y) + floor(3 * p) + ceil(3 * p) + round(3 * p) + clamp(p, 0.25f, 0.5f) + sigmoid(p)
        + logSigmoid(p) + softplus(p) + logCosh(p) + erf(p) + lgamma(p) + digamma(p) + trigamma(p) + xlogy(y, p)
        + where(p > y, p, y) + stopGradient(p) + p % 0.3f + Math.max(p, y) + clamp(3, 0, 2) + where(p > y, 1, 2);
  }

  @Regularizer
  static float elasticNet(@Weight float w, @Param(defaultValue = 0.5, min = 0, max = 1) float mix) {
    return mix * abs(w) + (1 - mix) * square(w);
  }

  @Regularizer
  static float orthogonal(@Weight float[][] w) {
    return sum(w.length, i -> sum(w.length, j -> square(dot(w[i], w[j]) - (i == j ? 1 : 0))));
  }
}
