package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaCall {
  @Loss
  static float misspelt(@Prediction float[] p) {
    return lgoSumExp(p);
    //     ^ error [FormulaCall] There is no method 'lgoSumExp' here. Did you mean 'logSumExp'?
  }

  @Loss
  static float math(@Prediction float p) {
    return (float) Math.exp(p);
    //                     ^ error [FormulaCall] 'Math.exp' is not for formulas, which compute in float. Write exp(…) of dev.lossforge.dsl.Formulas.
  }

  @Loss
  static float library(@Prediction float p) {
    return Float.sum(p, 1);
    //              ^ error [FormulaCall] 'sum' is neither in the vocabulary nor a method with source in this build. Use the functions of dev.lossforge.dsl.Formulas, or write a static method.
  }

  @Loss
  static float instance(@Prediction float p) {
    return new FormulaCall().twice(p);
    //                            ^ error [FormulaCall] 'twice' is an instance method; a formula calls static ones. Use the functions of dev.lossforge.dsl.Formulas, or make it static if it is yours.
  }

  @Loss
  static float printed(@Prediction float p) {
    print(p);
    //   ^ error [FormulaCall] 'print' returns nothing that a formula could use. Call a method with a result.
    return p;
  }

  static void print(float x) {}

  float twice(float x) {
    return 2 * x;
  }

  @Loss
  static float arguments(@Prediction float[] p) {
    return log(p) + max(p[0]);
    //     ^ error [FormulaCall] No 'log' takes these arguments. There is log(float); for each entry of an array, write vector(n, i -> log(a[i])).
    //              ^ error [FormulaCall] No 'max' takes these arguments. There is max(float, float) or max(float[]) or max(int, int) or max(n, i -> …).
  }

  @Loss
  static float misspeltHelper(@Prediction float p) {
    return scald(p) + quite(p);
    //     ^ error [FormulaCall] There is no method 'scald' here. Did you mean 'scaled'?
    //                ^ error [FormulaCall] There is no method 'quite' here. Import static dev.lossforge.dsl.Formulas.*, or write the method.
  }

  static float scaled(float x) {
    return 2 * x;
  }

  @Loss
  static float ofArray(@Prediction float[] p) {
    return sum(p.length(), i -> p[i]) + p.sum() + mean(abs(p));
    //                 ^ error [FormulaCall] 'p' has no methods in a formula. Did you mean 'p.length'?
    //                                       ^ error [FormulaCall] 'p' has no methods in a formula. Use the functions of dev.lossforge.dsl.Formulas, such as sum(x) of a float[].
    //                                                 ^ error [FormulaCall] No 'abs' takes these arguments. There is abs(float) or abs(int); for each entry of an array, write vector(n, i -> abs(a[i])).
  }

  @Loss
  static float output(@Prediction float p) {
    System.out.println(p);
    //                ^ error [FormulaCall] A formula prints nothing. Mark the value as a part, which training reports: part("name", x).
    return p;
  }

  @Loss
  static float random(@Prediction float p) {
    return p * (float) Math.random();
    //                            ^ error [FormulaCall] A formula is a function of its parameters, so it draws no random numbers. Draw them where the data is made, and pass them as a @Target.
  }
}
