package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaName {
  static float factor = 2;

  @Loss
  static float misspelt(@Prediction float pred, @Target float target) {
    return abs(pred - tagret);
    //                ^ error [FormulaName] There is no 'tagret' here. Did you mean 'target'?
  }

  @Loss
  static float field(@Prediction float p) {
    return p * factor;
    //         ^ error [FormulaName] 'factor' is not a constant. Declare it static final with a constant value, or pass it as a @Param.
  }

  @Loss
  static float unassigned(@Prediction float p) {
    float r;
    if (p > 0) {
      r = p;
    }
    return r;
    //     ^ error [FormulaName] 'r' has no value on some path to here. Assign it on every path.
  }

  static final float SCALE = 2;

  @Loss
  static float misspeltLength(@Prediction float[] p) {
    return sum(p.lenght, i -> p[i]) + p.size;
    //          ^ error [FormulaName] There is no 'p.lenght' here. Did you mean 'p.length'?
    //                                 ^ error [FormulaName] There is no 'p.size' here. Declare it, or import the class that has it.
  }

  @Loss
  static float misspeltConstant(@Prediction float p) {
    return SCALLE * p + q;
    //     ^ error [FormulaName] There is no 'SCALLE' here. Did you mean 'SCALE'?
    //                  ^ error [FormulaName] There is no 'q' here. Declare it, or import the class that has it.
  }
}
