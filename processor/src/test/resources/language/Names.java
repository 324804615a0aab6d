package names;

import static dev.lossforge.dsl.Formulas.*;
import static names.more.Constants.ON_DEMAND;
import static names.more.Constants.half;
import static names.more.Others.*;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.dsl.IntToFloat;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import names.more.Constants;

/** Names that mean what the innermost declaration of them says, and calls among methods of one name. */
public class Names extends Base implements Scaled {

  static final float OWN = 3, HIDDEN = 5, LATER = 7;
  static final float[] LISTED = {1, 2, 4};
  static final Shape Square = new Shape();

  // Locals before fields, and fields again where the local has ended.
  @Loss static float localHidesField(@Prediction float p) { float OWN = p * 2; return OWN * p; }
  @Loss static float fieldAfterBlock(@Prediction float p) { float q; { float OWN = p * 2; q = OWN + 1; } return q * OWN; }
  @Loss static float fieldAfterBranch(@Prediction float p, @Target float y) { float q = p; if (y > 0) { float LATER = p + 2; if (LATER > 3) return LATER * p; } return q * LATER; }
  @Loss static float sameNameTwice(@Prediction float p) { float q; { float a = p * 2; q = a; } { float a = p + 1; return a * q; } }
  @Loss static float indexHidesField(@Prediction float[] p) { return sum(p.length, LATER -> p[LATER] * LATER) + LATER * p[0]; }
  @Loss static float assignedInBlock(@Prediction float p) { float q; float r; { q = p * p; float s = q + 1; r = s; } return q * r; }
  @Loss static float assignedInBranches(@Prediction float p, @Target float y) { float q; if (y > 0) { float t = p + y; q = t * t; } else { float t = p - y; q = t * 3; } return q * p; }

  // Inherited, hidden, of the class around, imported.
  @Loss static float inheritedField(@Prediction float p) { return p * INHERITED + p * SCALE; }
  @Loss static float hidingField(@Prediction float p) { return p * HIDDEN + p * Base.HIDDEN; }
  @Loss static float inheritedMethod(@Prediction float p) { return inherited(p) + hiding(p); }
  @Loss static float imported(@Prediction float p) { return p * ON_DEMAND + half(p) + Constants.Inner.DEEP * p + names.more.Constants.FULL * p; }
  @Loss static float onDemand(@Prediction float p) { return other(p) * OTHER; }
  @Loss static float fieldHidesType(@Prediction float p) { return p * Square.SIDE; }
  @Loss static float qualified(@Prediction float p) { return Formulas.exp(p) + dev.lossforge.dsl.Formulas.square(p) + Names.OWN * p + Nested.KEPT * p; }
  @Loss static float helperOfOwnName(@Prediction float p, @Target float y) { return exp2(p) + clampTo(p, y); }
  @Loss static float listed(@Prediction float[] p) { return sum(LISTED.length, i -> LISTED[i] * p[i]) + Names.LISTED.length * p[0]; }
  @Loss static float samePackage(@Prediction float p) { return Neighbour.times(p, 2) + Neighbour.times(p, 2f); }

  // Overloads.
  @Loss static float byType(@Prediction float p, @Target int k) { return p * of(k) + p * of(1.5f) + p * of(k > 0); }
  @Loss static float promoted(@Prediction float p, @Target int k) { return wide(k) * p + wide(p); }
  @Loss static float mostSpecific(@Prediction float p, @Target int k) { return pair(k, p) + pair(p, p) + pair(k, k); }
  @Loss static float byArray(@Prediction float[] p, @Target int[] k) { return of(p) * p[0] + of(k) * p[1] + of(p, k) * p[0]; }
  @Loss static float byLambda(@Prediction float[] p) { return over(p.length, i -> p[i]) + over(p.length, 2) * p[0]; }
  @Loss static float intOrFloat(@Prediction float p, @Target int k) { return max(k, 1) / 2 * p + max(k, 1f) / 2 * p + abs(k - 3) / 2 * p; }
  @Loss static float onlyOwnMax(@Prediction float p) { return Nested.own(p); }

  // Inference.
  @Loss static float inferred(@Prediction float[] p, @Target int k) { var n = p.length / 2; var v = softmax(p); var x = v[k]; final var half = 0.5f; return x * n + half * v[n]; }
  @Loss static float typedIndex(@Prediction float[] p) { return sum(p.length, (int i) -> p[i] * i) + sum(p.length, (var i) -> p[i]); }
  @Loss static float brackets(@Prediction float[] p) { float v[] = p; final int[] order = new int[] {1, 0}; return v[order[0]] * 2 + v[order[1]]; }

  // A helper in an argument of itself is not recursion.
  @Loss static float helperInItsLambda(@Prediction float[] p) { return over(p.length, i -> over(2, j -> p[i] * j) + p[i]); }
  @Loss static float helperInItsVector(@Prediction float[] p) { return of(vector(p.length, i -> of(p) * p[i])); }
  // Warned of, and suppressed at the local or not at all: neither may make javac look into the class.
  @Loss static float warned(@Prediction float p, @Target float y) { @SuppressWarnings("FormulaDomain") float q = p / (y * y + p); @SuppressWarnings({"unused", "lossforge"}) boolean same = p == y; return q + (same ? p : p / y); }

  static float exp2(float x) { return exp(x * LOG_2); }
  static float clampTo(float x, float limit) { return clamp(x, -abs(limit), abs(limit)); }
  static float hiding(float x) { return x * 11; }
  static float of(int k) { return k / 2; }
  static float of(float x) { return x / 2; }
  static float of(boolean b) { return b ? 10 : 20; }
  static float of(float[] v) { return v.length + v[0]; }
  static float of(int[] v) { return v.length * 100 + v[0] / 2; }
  static float of(float[] v, int[] w) { return v.length - w[0]; }
  static float wide(float x) { return x / 2; }
  static float wide(double x) { return 1000; }
  static float pair(float a, float b) { return a * b; }
  static float pair(int a, float b) { return a + b; }
  static float pair(int a, int b) { return a / 2 - b; }
  static float over(int n, IntToFloat body) { return sum(n, i -> body.apply(i) * i); }
  static float over(int n, int m) { return n * m / 3; }

  // What uses the generated classes beside the formulas, with types that only those know.
  public static float use(float p) {
    var loss = new OnDemandLoss();
    var losses = List.of(loss, new OnDemandLoss());
    Function<OnDemandLoss, String> name = l -> l.signature().toString();
    var names = losses.stream().map(l -> name.apply(l)).toList();
    for (var each : losses) { names.forEach(n -> each.signature()); }
    var result = loss.valueAndGradients(LossInputs.of(Tensor.vector(p, p), Tensor.vector(p, 1)), Reduction.MEAN);
    return names.size() + (float) result.value();
  }
  final Runnable later = () -> { var inner = new InheritedFieldLoss(); inner.signature(); };
  final Object anonymous = new Object() { final Object loss = new ImportedLoss(); { var again = new ImportedLoss(); again.signature(); } };

  static class Nested {
    static final float HIDDEN = 0.5f, KEPT = OWN + HIDDEN;
    @Loss static float ofClassAround(@Prediction float p) { return p * OWN + p * HIDDEN + p * INHERITED; }
    static float max(float x) { return x * 13; }
    static float own(float x) { return max(x); }
  }
}

class Base {
  static final float INHERITED = 0.75f, HIDDEN = 17;
  static float inherited(float x) { return x * INHERITED; }
  static float hiding(float x) { return x * 12; }
}

interface Scaled {
  float SCALE = 1.25f;
}

class Shape {
  static final float SIDE = 2.5f;
}

class Square {
  static final float SIDE = 99;
}
