package {{package}};

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** The losses of this project: from each method the compiler generates a class, {@code LatenessLoss} from {@code lateness}. */
final class Losses {
    private Losses() {}

    /**
     * What a delivery costs that comes at another time than promised: {@code late} for every hour too late, 1 for every hour
     * too early, and smooth in between.
     */
    @Loss
    static float lateness(@Prediction float promised, @Target float actual, @Param(defaultValue = 3, min = 0) float late) {
        float delay = actual - promised;
        return late * log(1 + exp(delay)) + log(1 + exp(-delay));
    }
}
