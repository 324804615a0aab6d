package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final float LATE = 3;

    private static LossResult lateness(float promised, float actual) {
        return new LatenessLoss(LATE)
                .valueAndGradients(LossInputs.of(Tensor.vector(promised), Tensor.vector(actual)), Reduction.SUM);
    }

    @Test
    void aPunctualDeliveryCostsFourTimesLogTwo() {
        assertEquals(4 * Math.log(2), lateness(1, 1).value(), 1e-6);
    }

    @Test
    void theGeneratedClassComputesWhatTheMethodSays() {
        assertEquals(Losses.lateness(1.3f, 2, LATE), lateness(1.3f, 2).value(), 1e-6);
    }

    @Test
    void theGradientIsTheSlopeOfTheMethod() {
        float step = 0.01f;
        double slope = (Losses.lateness(1.3f + step, 2, LATE) - Losses.lateness(1.3f - step, 2, LATE)) / (2 * step);
        assertEquals(slope, lateness(1.3f, 2).gradient().item(), 1e-3);
    }

    @Test
    void staysFiniteWhereTheExponentialOverflows() {
        assertEquals(3000, lateness(0, 1000).value(), 1e-3);
    }
}
