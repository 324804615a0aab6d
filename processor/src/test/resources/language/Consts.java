package sample;

/** What the formulas of another file use: helpers and constants, also of nested types. */
import static dev.lossforge.dsl.Formulas.*;
public interface Consts {
  float ALPHA = 0.25f; int TWO = 2; float QUARTER = 1.0f / 4 + TWO * 0; float COMPUTED = sqrt(2f) * exp(0.5f);
  boolean FLAG = TWO > 1; double DBL = 0.1;
  float[] W = {1f, 2f, 0.5f, 3f}; int[] ORDER = {2, 0, 1, 3};
  static float twice(float x) { return 2 * x; }
  static float poly(float x, int k) { float a = twice(x); if (k > 2) { float b = a * a; return b + 1; } float c; if (k == 1) c = a; else c = -a; return c * ALPHA; }
  class Nested { static final float BETA = ALPHA * 2 + 0.5f; static float h(float[] v, int i) { return v[i] * v[i] + v[(i + 1) % v.length]; }
     static class Deep { static final int N = 3; static float g(float x) { return x < 0 ? -x : x * N; } } }
  enum E { A; static float en(float x) { return x + 0.5f; } }
  record R() { static float rec(float x) { return x * 3; } }
}
