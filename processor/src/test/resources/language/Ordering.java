package sample;
import static dev.lossforge.dsl.Formulas.*;
import dev.lossforge.dsl.*;
/** What can be said with the order of keys. */
public class Ordering {
  @Loss static float descending(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p.length, i -> -p[i]); return sum(p.length, k -> p[order[k]] * p[order[k]] / (k + 1)); }
  @Loss static float byTarget(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y.length, i -> -y[i]); return sum(order.length, k -> (k + 1) * square(p[order[k]] - y[order[k]])); }
  @Loss static float ranks(@Prediction float[] p, @Target float[] y) { int[] r = rank(y); return sum(p.length, i -> r[i] * square(p[i])) + rank(p)[0] * p[0]; }
  @Loss static float sorted(@Prediction float[] p, @Target float[] y) { float[] a = sort(p); float[] b = sort(y); return sum(p.length, k -> square(a[k] - b[k])) + a[0] * b[b.length - 1]; }
  @Loss static float inverses(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); int[] r = rank(p); return sum(p.length, i -> p[order[r[i]]] * y[i] + p[i] * (r[order[i]] - i)); }
  @Loss static float topTwo(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p.length, i -> -p[i]); return sum(2, k -> square(p[order[k]]) * y[order[k]]); }
  @Loss static float oneEntry(@Prediction float[] p, @Target int k) { return square(p[argSort(p)[k]]) + p[rank(p)[k]]; }
  @Loss static float constantEntry(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); return square(p[order[0]] - y[order[order.length - 1]]); }
  @Loss static float labels(@Prediction float[] p, @Target int[] y) { int[] order = argSort(p); return sum(p.length, k -> y[order[k]] > 1 ? p[order[k]] * k : 0f); }
  @Loss static float wholeKeys(@Prediction float[] p, @Target int[] y) { int[] order = argSort(y.length, i -> y[i]); return sum(p.length, k -> square(p[order[k]]) * k); }
  @Loss static float gaps(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); return sum(p.length - 1, k -> square(p[order[k + 1]] - p[order[k]]) * y[k]); }
  @Loss static float backwards(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y); return sum(p.length, k -> (k + 1) * exp(p[order[p.length - 1 - k]])); }
  @Loss static float guarded(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); return sum(p.length, k -> k > 0 ? abs(p[order[k - 1]] - y[k]) : p[order[k]]); }
  @Loss static float running(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y); return sum(p.length, k -> square(sum(k + 1, j -> p[order[j]] - y[j]))); }
  @Loss static float riskSets(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y.length, i -> -y[i]); return sum(p.length, k -> logSumExp(k + 1, j -> p[order[j]]) - p[order[k]]); }
  @Loss static float byRank(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y); int[] r = rank(y); return sum(p.length, i -> log1p(sum(r[i] + 1, j -> square(p[order[j]])))); }
  @Loss static float severalSorts(@Prediction float[] p, @Target float[] y) { int[] a = argSort(p); int[] b = argSort(y.length, i -> -y[i]); int[] c = argSort(p.length, i -> p[b[i]] * y[i]); return sum(p.length, k -> p[a[k]] * p[b[k]] + k * square(p[c[k]])); }
  @Loss static float nested(@Prediction float[] p, @Target float[] y) { return sum(p.length, i -> { int[] near = argSort(p.length, j -> abs(p[i] - y[j])); return sum(p.length, k -> p[near[k]] * (k + 1) * y[i]); }); }
  @Loss static float permutedKeys(@Prediction float[] p, @Target float[] y) { int[] a = argSort(y); int[] b = argSort(p.length, k -> p[a[k]]); return sum(p.length, k -> k * square(p[a[b[k]]])); }
  @Loss static float lengthOfData(@Prediction float[] p, @Target float[] y, @Target int n) { int[] order = argSort(n, i -> -p[i]); return sum(n, k -> p[order[k]] * (k + 1)) + p[0]; }
  @Loss static float growing(@Prediction float[] p, @Target float[] y) { return sum(p.length, i -> { int[] order = argSort(i + 1, j -> p[j]); return square(p[order[i]]) + y[order[0]] * p[i] + rank(i + 1, j -> y[j])[i] * p[i]; }); }
  static float discounted(float[] gains, int[] order) { return sum(order.length, k -> gains[order[k]] / (k + 2)); }
  static int[] descendingOrder(float[] keys) { return argSort(keys.length, i -> -keys[i]); }
  @Loss static float helpers(@Prediction float[] p, @Target float[] y) { float[] squares = vector(p.length, i -> p[i] * p[i] - y[i]); return discounted(squares, descendingOrder(y)) - discounted(p, argSort(p)); }
  @Loss static float chosenOrder(@Prediction float[] p, @Target float[] y) { int[] order = y[0] > 0 ? argSort(p) : argSort(y); return sum(p.length, k -> k * p[order[k]]); }
  @Loss static float reduced(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); return max(p.length, k -> p[order[k]] * y[k]) + y[argMax(p.length, k -> p[order[k]] + y[k])] * p[0]; }
  @Loss(hessian = Hessian.DIAGONAL) static float curved(@Prediction float[] p, @Target float[] y) { int[] order = argSort(y); return sum(p.length, k -> exp(p[order[k]]) / (k + 1)) + sum(p.length, k -> square(sum(k + 1, j -> square(p[order[j]])))); }
  @Loss(hessian = Hessian.DIAGONAL) static float curvedGaps(@Prediction float[] p, @Target float[] y) { int[] order = argSort(p); return sum(p.length - 1, k -> square(p[order[k + 1]] - p[order[k]]) * p[order[k]]) * y[0]; }
  @Loss static float twoPredictions(@Prediction float[] a, @Prediction float[] b) { int[] order = argSort(a); int[] other = argSort(b); return sum(a.length, k -> square(a[order[k]] - b[other[k]])); }
  @Loss static float trained(@Prediction float[] p, @Target float[] y, @Param(trainable = true) float[] w, @Param(trainable = true) float t) { int[] order = argSort(w); return sum(w.length, k -> t * w[order[k]] * p[k] * (k + 1)) + sum(p.length, i -> w[order[0]] * y[i]); }
  @Loss static float ofRows(@Prediction float[][] p, @Target float[] time) { int[] order = argSort(time.length, i -> -time[i]); return sum(p.length, k -> square(sum(k + 1, j -> p[order[j]][0]))) + sum(p.length, k -> k * p[order[k]][1]); }
  @Loss static float ofColumns(@Prediction float[][] p, @Target float[][] y) { return sum(p.length, i -> { int[] order = argSort(p[i].length, j -> p[i][j]); return sum(p[i].length, k -> square(p[i][order[k]]) * y[i][k]); }); }
  @Loss static float sortedColumns(@Prediction float[][] p, @Target float[][] y) { return sum(p[0].length, j -> { int[] a = argSort(p.length, i -> p[i][j]); int[] b = argSort(y.length, i -> y[i][j]); return sum(p.length, k -> square(p[a[k]][j] - y[b[k]][j])); }); }
  @Loss static float ofNorms(@Prediction float[][] p, @Target int[] label) { int[] order = argSort(p.length, i -> squaredNorm(p[i])); return sum(p.length, k -> squaredNorm(p[order[k]]) * (k + 1) + label[order[k]] * p[k][0]); }
  @Loss static float neighbours(@Prediction float[][] p, @Target float[] y) { return sum(p.length, i -> { int[] near = argSort(p.length, j -> squaredNorm(vector(p[i].length, d -> p[i][d] - p[j][d]))); return sum(2, k -> p[near[k]][0] * y[near[k]] * p[i][1]); }); }
  @Loss static float sortedRows(@Prediction float[][] p, @Target float[][] y) { return mean(p.length, i -> sum(p[i].length, k -> abs(sort(p[i])[k] - sort(y[i])[k]))); }
}
