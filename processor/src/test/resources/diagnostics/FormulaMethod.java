package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaMethod {
  @Loss
  private static float hidden(@Prediction float p) {
  //                   ^ error [FormulaMethod] 'hidden' is private; a formula is documented by the generated class and called by its tests. Remove 'private'.
    return p;
  }

  @Loss
  float bound(@Prediction float p) {
  //    ^ error [FormulaMethod] 'bound' is an instance method; a formula depends on its parameters alone. Declare it static.
    return p;
  }

  @Loss
  static double wide(@Prediction float p) {
  //            ^ error [FormulaMethod] 'wide' returns double; a formula returns one float. Declare it as float.
    return p;
  }

  @Loss
  static <T> float generic(@Prediction float p) {
  //               ^ error [FormulaMethod] 'generic' has type parameters. Use float and float[].
    return p;
  }

  @Loss
  static float variable(@Prediction float... p) {
  //           ^ error [FormulaMethod] 'variable' has a variable number of arguments. Declare an array: float[].
    return p[0];
  }

  @Loss
  @Regularizer
  static float both(@Prediction float p) {
  //           ^ error [FormulaMethod] 'both' is both @Loss and @Regularizer. Keep one of them.
    return p;
  }

  @Loss
  static native float elsewhere(@Prediction float p);
  //                  ^ error [FormulaMethod] 'elsewhere' has no body to read. Write the formula in Java.

  private static final class Inner {
    @Loss
    static float nested(@Prediction float p) {
    //           ^ error [FormulaMethod] 'nested' is a member of the private class 'Inner', which the generated class cannot refer to. Remove 'private' from the class.
      return p;
    }
  }

  @Loss
  static float throwing(@Prediction float p) throws java.io.IOException, InterruptedException {
  //           ^ error [FormulaMethod] 'throwing' declares that it throws IOException, InterruptedException; a formula throws nothing. Remove the clause, and return Float.NaN where there is no result.
    return p;
  }

  static Object local() {
    class Local {
      @Loss
      static float inside(@Prediction float p) {
    //             ^ error [FormulaMethod] 'inside' is in a local or anonymous class, which the generated class cannot refer to. Move it to a top-level or member class.
        return p;
      }
    }
    return new Object() {
      @Regularizer
      static float anonymous(@Weight float w) {
    //             ^ error [FormulaMethod] 'anonymous' is in a local or anonymous class, which the generated class cannot refer to. Move it to a top-level or member class.
        return w;
      }

      class Member {
        @Loss
        static float deeper(@Prediction float p) {
    //               ^ error [FormulaMethod] 'deeper' is in a local or anonymous class, which the generated class cannot refer to. Move it to a top-level or member class.
          return p;
        }
      }
    };
  }

  // Any class that others can name holds formulas.

  record Pair(float first) {
    @Loss
    static float ofRecord(@Prediction float p) {
      return p;
    }
  }

  enum Choice {
    ONE;

    @Loss
    static float ofEnum(@Prediction float p) {
      return p;
    }
  }

  interface Shape {
    @Loss
    static float ofInterface(@Prediction float p) {
      return p;
    }
  }

  static class Generic<T> {
    @Loss
    static float ofGeneric(@Prediction float p) {
      return p;
    }
  }
}
