package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaType {
  @Loss
  static float parameters(@Prediction double p, @Target boolean y, @Param int[] k, @Target String s) {
  //                                  ^ error [FormulaType] Parameter 'p' is of type double; a @Prediction is float, float[] or float[][]. Declare it as one of these.
  //                                                    ^ error [FormulaType] Parameter 'y' is of type boolean; a @Target is float or int, or an array of one with one or two dimensions. Declare it as one of these.
  //                                                                         ^ error [FormulaType] Parameter 'k' is of type int[]; a @Param is float, int or float[]. Declare it as one of these.
  //                                                                                       ^ error [FormulaType] Parameter 's' is of type java.lang.String; a @Target is float or int, or an array of one with one or two dimensions. Declare it as one of these.
    return 1;
  }

  @Loss
  static float locals(@Prediction float p) {
    long k = 3L;
    //       ^ error [FormulaType] long is not a type of the formula language. Use float, int, boolean, float[], float[][] or int[].
    return p * k;
  }
}
