package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaPart {
  static final String ERROR = "error";

  static String suffix() {
    return "x";
  }

  @Loss
  static float named(@Prediction float[] p, @Target float y) {
    float first = part(ERROR, square(p[0] - y)) + part(FormulaPart.ERROR + "_1", p[1]) + part(("size"), p.length);
    return p[0] > 0 ? part("above", first) : part("below", -first);
  }

  @Loss
  static float unnamed(@Prediction float p, @Target int k) {
    String name = "local";
    //            ^ error [FormulaType] java.lang.String is not a type of the formula language. Use float, int, boolean, float[], float[][] or int[].
    return part(name, p)
    //          ^ error [FormulaPart] The name of a part must be a string constant, but 'name' is not. Write it in quotes: part("reconstruction", …).
        + part(suffix(), p)
    //               ^ error [FormulaPart] The name of a part must be a string constant, but 'suffix()' is not. Write it in quotes: part("reconstruction", …).
        + part("a" + suffix(), p * p);
    //             ^ error [FormulaPart] The name of a part must be a string constant, but '"a" + suffix()' is not. Write it in quotes: part("reconstruction", …).
  }

  @Loss
  static float misnamed(@Prediction float p) {
    return part("", p)
    //          ^ error [FormulaPart] '' is not a name for a part. Write letters, digits and underscores, a letter first.
        + part("my part", p)
    //         ^ error [FormulaPart] 'my part' is not a name for a part. Write letters, digits and underscores, a letter first.
        + part("2nd", p);
    //         ^ error [FormulaPart] '2nd' is not a name for a part. Write letters, digits and underscores, a letter first.
  }

  @Loss
  static float twice(@Prediction float p, @Target float y) {
    return p > y ? part("error", p - y) : part("error", y - p);
    //                                         ^ error [FormulaPart] Two parts of this formula are named 'error'. Name them differently, or put one part around both; a method that is called twice marks its parts twice.
  }

  @Loss
  static float calledTwice(@Prediction float p, @Target float y) {
    return squared(p - y) + squared(p - y);
  }

  static float squared(float x) {
    return part("square", x * x);
    //          ^ error [FormulaPart] Two parts of this formula are named 'square'. Name them differently, or put one part around both; a method that is called twice marks its parts twice.
  }

  @Loss
  static float indexed(@Prediction float[] p, @Target float y) {
    return sum(p.length, i -> part("entry", square(p[i] - y))) + sum(p.length, i -> total(p, y));
    //                            ^ error [FormulaPart] The part 'entry' is in a lambda, where it would have a value for each index. Put the part around the reduction: part("entry", sum(n, i -> …)).
  }

  static float total(float[] p, float y) {
    return part("total", sum(p) - y);
    //         ^ error [FormulaPart] The part 'total' is in a lambda, where it would have a value for each index. Put the part around the reduction: part("total", sum(n, i -> …)).
  }

  @Loss
  static float constant(@Prediction float p) {
    float half = 0.5f;
    return p + part("half", half * 2f);
    //             ^ warning [FormulaPart] The part 'half' does not depend on any input. Mark a value that does, or remove the mark.
  }

  @Loss
  static float ofRow(@Prediction float[] p) {
    return part("row", p);
    //                 ^ error [FormulaRank] This is a vector, where one number is needed. Index or reduce it.
  }

  @Loss
  @SuppressWarnings("FormulaPart")
  static float ofDouble(@Prediction float p) {
    return p * part("two", 2.0);
    //                     ^ error [FormulaDouble] This constant is a double, but a float is needed. Cast it: (float) ….
  }

  @Loss
  static float cast(@Prediction float[] p, @Target float[] y) {
    float unused = part("unused", y[(int) p[1]]);
    //                              ^ warning [FormulaIndex] This index is cast from the prediction 'p', and no gradient flows through a cast. If it should, weight the entries instead: sum(n, i -> w(i) * a[i]); argMax gives the position of the largest.
    return sum(p);
  }

  @Loss
  static float besides(@Prediction(min = 1, max = 9) float p, @Target(min = -1, max = 1) float y) {
    float watched = part("watched", log(y));
    //                                 ^ warning [FormulaDomain] 'log' needs an operand ≥ 0, but 'y' is in [−1, 1]. Declare the range of 'y' with @Target(min = 0), or, with x for it, guard it: x > 0 ? log(x) : …, or clamp it: max(x, 1e-6f).
    return p;
  }

  @Regularizer
  static float elastic(@Weight float w, @Param float alpha) {
    return alpha * part("l1", abs(w)) + (1 - alpha) * part("l2", w * w);
  }
}
