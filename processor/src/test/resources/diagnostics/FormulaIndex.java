package sample;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.*;

class FormulaIndex {
  @Loss
  static float negative(@Prediction float[] p) {
    return p[-1];
    //       ^ error [FormulaIndex] The index -1 is negative. Indices run from 0 to the length less one.
  }

  @Loss
  static float fraction(@Prediction float[] p, @Target float y) {
    return p[y];
    //       ^ error [FormulaIndex] The index 'y' is a float. Declare it as int, or cast it: (int) ….
    //       ^ error incompatible types: possible lossy conversion from float to int
  }
}
