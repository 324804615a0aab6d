package sample;
import static dev.lossforge.dsl.Formulas.*;
import dev.lossforge.dsl.*;
import dev.lossforge.dsl.Formulas;
import static sample.Consts.Nested.*;
import sample.Consts.Nested.Deep;
/** A method for each thing that a formula can say. */
public class Language {
  static final float LOCAL = Consts.ALPHA + 1, EPS = 1e-7f;
  static final int K = Consts.TWO * 3 - 1;
  // vector params
  @Loss static float classWeights(@Prediction float[] z, @Target int label, @Param(min = 0) float[] w) { return w[label] * (logSumExp(z) - z[label]); }
  @Loss static float vectorWeights(@Prediction float[] p, @Target float[] y, @Param float[] w) { return mean(p.length, i -> w[i] * square(p[i] - y[i])); }
  @Loss static float elementLookup(@Prediction float p, @Target int k, @Param float[] w) { return w[k] * square(p); }
  @Loss static float trainScalar(@Prediction float p, @Target float y, @Param(trainable = true) float posS) { return square(p - y) / (2 * posS * posS) + log(posS); }
  @Loss static float trainVector(@Prediction float[] p, @Target float[] y, @Param(trainable = true) float[] s) { return sum(p.length, i -> exp(-s[i]) * square(p[i] - y[i]) + s[i]); }
  @Loss static float trainBatch(@Prediction float[][] p, @Target float[][] y, @Param(trainable = true) float[] s, @Param(trainable = true) float t) { return sum(p.length, i -> sum(s.length, j -> exp(-s[j]) * square(p[i][j] - y[i][j]) + s[j] * t)); }
  @Loss static float trainBatchInt(@Prediction float[][] p, @Target int[] k, @Param(trainable = true) float[] c) { return sum(p.length, i -> squaredNorm(vector(p[i].length, j -> p[i][j] - c[j])) + c[k[i]]); }
  @Loss static float trainSampleScalar(@Prediction float[] p, @Target int k, @Param(trainable = true) float t, @Param(trainable = true) float[] b) { return logSumExp(p.length, i -> p[i] * t + b[i]) - p[k] * t - b[k]; }
  @Loss static float intParam(@Prediction float[] p, @Param(min = 0, max = 3) int n) { return sum(n, i -> p[i] * i) + p[n]; }
  @Loss static float intParamModulo(@Prediction float[] p, @Param(min = 1, max = 3) int n) { return sum(p.length, i -> i % n == 0 ? square(p[i]) : p[i] / (i / n + 1)); }
  // vocab
  @Loss static float stopGradients(@Prediction float p, @Target float y) { return stopGradient(p) * (p - y) + square(p); }
  @Loss static float clampy(@Prediction float p, @Target float y) { return clamp(p, -0.5f, 0.5f) * y + clamp(p * p, 0f, y); }
  @Loss static float wherey(@Prediction float p, @Target float y) { return where(p > 0 && y > 0, sqrt(p), where(p < 0, log(-p), 0f)); }
  @Loss static float signy(@Prediction float p, @Target float y) { return sign(p) * p + floor(p * 3) * p + ceil(p) * y + round(p * 2) * p; }
  @Loss static float trig(@Prediction float unitP, @Target float y) { return sin(unitP) * cos(y) + tan(unitP) + asin(unitP) + acos(unitP * 0.5f) + atan(unitP - y) + atan2(unitP, y); }
  @Loss static float hyper(@Prediction float unitP, @Target float y) { return sinh(unitP) + cosh(unitP - y) + tanh(unitP * y) + asinh(unitP) + acosh(1 + unitP) + atanh(unitP); }
  @Loss static float special(@Prediction float posP, @Target float y) { return erf(posP - y) + lgamma(posP + 1) + digamma(posP + 0.5f) + log1p(posP) + expm1(posP - 1) + softplus(y * posP) + sigmoid(posP) + logSigmoid(-posP) + log1mExp(-posP) + logCosh(posP - y) + xlogy(posP, posP); }
  @Loss static float softmaxes(@Prediction float[] z, @Target float[] y) { float[] q = softmax(z); float[] l = logSoftmax(z); return -dot(y, l) + sum(z.length, i -> q[i] * q[i] * y[i]) + logSumExp(z) + q[0] * l[1]; }
  @Loss static float vecs(@Prediction float[] a, @Target float[] b) { return dot(a, b) + norm(a) + cosineSimilarity(a, b) + squaredNorm(b) * max(a) - min(a) + prod(a) * 0.1f + mean(b); }
  @Loss static float argmaxConst(@Prediction float[] z, @Target float[] y) { int k = argMax(y); return z[k] * z[k] + z[argMin(y)] + argMax(z) * z[0]; }
  @Loss static float argmaxLambda(@Prediction float[] z, @Target float[] y) { int k = argMax(z.length, i -> y[i] * 2 - i); return square(z[k]); }
  // pairs
  @Loss static float pairsRow(@Prediction float[] s, @Target int[] rel) { return sum(s.length, i -> sum(s.length, j -> rel[i] > rel[j] ? softplus(s[j] - s[i]) : 0f)) / s.length; }
  @Loss static float pairsUpper(@Prediction float[] s, @Target float[] y) { return sum(s.length, i -> sum(s.length - i - 1, j -> square(s[i] - s[i + 1 + j] - y[i]))) / (s.length * s.length); }
  @Loss static float pairsBatch(@Prediction float[][] e, @Target int[] label) { return mean(e.length, i -> mean(e.length, j -> label[i] == label[j] && i != j ? norm(vector(e[i].length, d -> e[i][d] - e[j][d])) : square(max(0f, 2 - dot(e[i], e[j]))))); }
  @Loss static float tripletBatch(@Prediction float[][] e, @Target int[] label) { return sum(e.length, i -> sum(e.length, j -> sum(e.length, k -> i != j && label[i] == label[j] && label[i] != label[k] ? max(0f, 1 + dot(e[i], e[k]) - dot(e[i], e[j])) : 0f))); }
  @Loss static float conditionsIndices(@Prediction float[] p, @Target int k) { return sum(p.length, i -> i == k ? 2 * p[i] : i < k && i % 2 == 0 ? p[i] * p[i] : !(i > 2) || k == 0 ? sin(p[i]) : 0f) ; }
  @Loss static float intArith(@Prediction float[] p, @Target int k) { int a = (k * 3 + 1) % p.length; int b = (p.length - 1 - k) / 2; return p[a] * p[b] + p[max(0, k - 1)] + p[min(p.length - 1, k + 1)] + p[abs(k - 2)] + p[clamp(k * 2, 0, p.length - 1)]; }
  @Loss static float reversed(@Prediction float[] p, @Target float[] y) { return sum(p.length, i -> p[i] * y[y.length - 1 - i]) + sum(p.length / 2, i -> p[2 * i] * p[2 * i + 1]); }
  @Loss static float cumulative(@Prediction float[] p, @Target float[] y) { return sum(p.length, i -> square(sum(i + 1, j -> p[j] - y[j]))) / (p.length * p.length); }
  @Loss static float totalVariationCircular(@Prediction float[] p) { return sum(p.length, i -> abs(p[(i + 1) % p.length] - p[i])); }
  @Loss static float ternaryIndex(@Prediction float[] p, @Target int k) { return p[k > 1 ? 0 : 2] * p[k == 0 ? 1 : k]; }
  @Loss static float helpers(@Prediction float p, @Target int k) { return Consts.poly(p, k) + Consts.twice(p) * BETA + Deep.g(p) + Consts.Nested.Deep.N + Consts.E.en(p) * Consts.R.rec(p) + LOCAL + K + EPS + Consts.COMPUTED * p + (Consts.FLAG ? p : 0) + (float) Consts.DBL * p + Consts.QUARTER; }
  @Loss static float helperVec(@Prediction float[] p, @Target int k) { return Consts.Nested.h(p, k) * Consts.W[k] + p[Consts.ORDER[k]]; }
  static float multi(float[] p, float[] y, float m) { float s = sum(p); float t = sum(y); float r; boolean big = s > t; if (big) { float q = s - t; r = q * q; } else if (s < -m) { return m * s; } else { r = t - s; } float u = r * m; return u + s; }
  @Loss static float helperMany(@Prediction float[] p, @Target float[] y, @Param float m) { return multi(p, y, m) + multi(y, p, -m); }
  static float apply(int n, IntToFloat f, float s) { return s * sum(n, f) + max(n, i -> f.apply(i) * 2); }
  @Loss static float higherOrder(@Prediction float[] p, @Target float[] y) { return apply(p.length, i -> p[i] * y[i], 2f) + apply(2, i -> p[i], y[0]); }
  static float[] affine(float[] p, float a, float b) { return vector(p.length, i -> a * p[i] + b); }
  static float[] pick(float[] p, float[] q, boolean c) { return c ? p : q; }
  @Loss static float vecHelper(@Prediction float[] p, @Target float[] y) { float[] a = affine(p, 2, y[0]); float[] b = pick(a, affine(a, -1, 1), p[0] > 0); return dot(b, softmax(a)) + a.length + b[1]; }
  @Loss static float vecIf(@Prediction float[] p, @Target float[] y) { float[] v; if (p[0] > y[0]) { v = p; } else { v = softmax(y); } return dot(v, p); }
  @Loss static float boolHelper(@Prediction float p, @Target int k) { boolean a = odd(k), b = p > 0; return a ^ b ? p : a & b ? 2 * p : a | b ? 3 * p : 4 * p; }
  static boolean odd(int k) { return k % 2 == 1; }
  static int wrap(int i, int n) { return ((i % n) + n) % n; }
  @Loss static float wrapped(@Prediction float[] p, @Target int k) { return p[wrap(k - 3, p.length)] * p[wrap(-k, p.length)]; }
  @Loss static float negativeModulo(@Prediction float p, @Target int k) { return p * ((k - 2) % 3) + p * ((k - 3) / 2) + p * -(k % 2) ; }
  @Loss static float switchy(@Prediction float p, @Target int k) { return switch (k % 3) { case 0 -> p * p; case 1, 2 -> { float q = p + 1; yield q * q; } default -> 0f; }; }
  @Loss static float floatMod(@Prediction float p, @Target float y) { return p % 0.7f + (p * 5) % 1 ; }
  @Loss static float casts(@Prediction float p, @Target int k) { return (float) k * p + (int) (p * 3) * p + (float) (k / 2) + ((float) k) / 2; }
  @Loss static float powers(@Prediction float posP, @Target float posY) { return pow(posP, 3f) + pow(posP, 0.5f) + pow(posP, -2) + pow(2f, posP) + pow(posP, posY) + pow(-posP, 2f) + pow(posP, 1.5f); }
  @Loss static float reductionIfBlock(@Prediction float[] p, @Target float[] y) { return sum(p.length, i -> { float r = p[i] - y[i]; if (r > 1) return r; float s = r * r; return s < 0.25f ? s : abs(r); }); }
  @Loss static float nestedLse(@Prediction float[] z, @Target float[] y) { return logSumExp(z.length, i -> z[i] + logSumExp(z.length, j -> y[j] * z[i])); }
  @Loss static float maxOfSum(@Prediction float[] z, @Target float[] y) { return max(z.length, i -> sum(z.length, j -> z[i] * y[j])) + min(z.length, i -> abs(z[i] - y[i])); }
  @Loss static float prodRow(@Prediction float[] z) { return prod(3, i -> 1 + z[i] * z[i] * 0.5f); }
  @Loss static float batchColumns(@Prediction float[][] p, @Target float[][] y) { return sum(p[0].length, j -> square(mean(p.length, i -> p[i][j]) - mean(y.length, i -> y[i][j]))); }
  @Loss static float covariance(@Prediction float[][] p) { return sum(p[0].length, a -> sum(p[0].length, b -> { float ma = mean(p.length, i -> p[i][a]); float mb = mean(p.length, i -> p[i][b]); float c = mean(p.length, i -> (p[i][a] - ma) * (p[i][b] - mb)); return a == b ? square(max(0f, 1 - sqrt(c + 0.1f))) : square(c); })) * 0.01f; }
  @Loss static float sortedBatch(@Prediction float[][] p, @Target float[] time, @Target int[] event) { return sum(p.length, i -> event[i] > 0 ? logSumExp(p.length, j -> time[j] >= time[i] ? p[j][0] : -1e30f) - p[i][0] : 0f); }
  @Loss static float batchScalarTarget(@Prediction float[][] p, @Target float w, @Target int k) { return w * sum(p.length, i -> p[i][k]); }
  @Loss static float multiPred(@Prediction float mu, @Prediction float logVar, @Target float y) { return 0.5f * (logVar + square(y - mu) / exp(logVar)); }
  @Loss static float multiPredRow(@Prediction float[] mu, @Prediction float[] logVar, @Target float[] y) { return sum(mu.length, i -> 0.5f * (logVar[i] + square(y[i] - mu[i]) * exp(-logVar[i]))); }
  @Loss static float multiPredBatch(@Prediction float[][] a, @Prediction float[][] b) { return mean(a.length, i -> logSumExp(b.length, j -> dot(a[i], b[j])) - dot(a[i], b[i])); }
  @Loss static float literalVec(@Prediction float p, @Target int k) { float[] w = {1, 2.5f, p, p * p}; int[] o = {3, 2, 1, 0}; return w[o[k]] + w[k] * sum(w); }
  @Loss static float earlyChain(@Prediction float p, @Target float y) { if (y < -1) return p; if (p < y) { if (p < 0) return p * p; return p * y; } float q = p - y; return q; }
  @Loss static float unusedTargetPart(@Prediction float[] p, @Target float[] y, @Target int k) { return sum(k, i -> p[i]) + y[k] * p[0]; }
  @Loss static float fullyQualified(@Prediction float p) { return dev.lossforge.dsl.Formulas.exp(p) + p + Language.LOCAL * sample.Consts.ALPHA * p + LOG_2 + LOG_2PI; }
  @Loss static float doubleLambda(@Prediction float[] p, @Target float[] y) { return sum(p.length, (int i) -> p[i] * y[i]) + sum(p.length, i -> (p[i])); }
  @Loss static float maxFloatInt(@Prediction float p, @Target int k) { return max(p, k) + Math.max(p, 0) + Math.min(k, 2) * p + Math.abs(p) + Math.max(k, 1); }
  @Loss static float intDivZeroGuard(@Prediction float p, @Target int k) { return k != 0 ? p * (6 / k) : p; }
  @Loss static float indexGuard(@Prediction float[] p, @Target int k) { return k > 0 ? p[k - 1] : k < p.length - 1 && p[k + 1] > 0 ? p[k + 1] : 0f; }
  @Loss static float sumInts(@Prediction float p, @Target int k) { return p * sum(k + 1, i -> i) + p * sum(3, i -> k % (i + 1)); }
  @Loss static float argInBatch(@Prediction float[][] p, @Target int[] y) { return mean(p.length, i -> argMax(p[i]) == y[i] ? 0.1f * p[i][0] : logSumExp(p[i]) - p[i][y[i]]); }
  @Loss static float hardNegative(@Prediction float[] z, @Target int y) { int k = argMax(z.length, i -> i == y ? -1e30f : z[i]); return max(0f, 1 + z[k] - z[y]); }
  @Loss static float zeroArgHelper(@Prediction float p) { return p * half(); }
  static float half() { return 0.5f; }
  @Loss static float shadow(@Prediction float[] frame, @Target float[] weights, @Param float from) { float total = sum(frame); float n = from; float scale = n * total; float size = scale + dot(frame, weights); return size; }
  @Loss static float lane(@Prediction float at, @Target float n, @Param float size, @Param float entries) { float total = at * n; float to = total + size; float k = to * entries; float x = k + at; return x; }
}
