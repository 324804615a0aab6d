package sample;

import dev.lossforge.dsl.*;

class FormulaCallWithoutImport {
  @Loss
  static float square(@Prediction float p, @Target float y) {
    return abs(p - y) + exp(p);
    //     ^ error [FormulaCall] 'abs' is a function of Formulas, which is not imported. Add import static dev.lossforge.dsl.Formulas.*;
  }
}
