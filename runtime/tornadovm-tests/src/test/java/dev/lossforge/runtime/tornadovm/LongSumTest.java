package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.PairwiseLogisticLoss;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Gradients that are sums of a thousand terms of both signs, against the same sums in double precision. A sum of n
 * float32 terms is good to {@code n·u·Σ|term|} in whatever order it is taken (N. Higham, "Accuracy and Stability of
 * Numerical Algorithms", section 4.2), not to a share of itself.
 */
class LongSumTest {
    private static final int ITEMS = 1000;
    private static final int ROWS = 3;
    /** The unit roundoff of float32. */
    private static final double U = 0x1p-24;
    /** Of the rounding of the scores' difference and of the logistic function, in units of roundoff. */
    private static final int TERM_ERROR = 8;

    @Test
    void pairsOfManyItemsAddUpAsWellAsFloatsCan() {
        LossFunction loss = new PairwiseLogisticLoss();
        SplittableRandom random = new SplittableRandom(1);
        Tensor scores = SameModels.random(random, ROWS, ITEMS);
        Tensor relevance = SameModels.random(random, ROWS, ITEMS);
        BoundLoss bound = BoundLoss.of(loss, LossInputs.of(scores, relevance));
        float[] gradient = new float[ROWS * ITEMS];
        bound.frame().gradient(0, gradient);
        try (DeviceLoss device = DeviceLoss.of(loss, Devices.first())) {
            device.run(bound.frame(), 0, ROWS);
        }
        for (int at = 0; at < ROWS * ITEMS; at++) {
            Sum exact = gradientOf(at, scores.array(), relevance.array());
            assertThat(Math.abs(gradient[at] - exact.value()))
                    .as("row %d, item %d", at / ITEMS, at % ITEMS)
                    .isLessThanOrEqualTo((ITEMS + TERM_ERROR) * U * exact.magnitude());
        }
    }

    /** A sum, and the sum of its terms' magnitudes. */
    private record Sum(double value, double magnitude) {}

    /** {@code ∂/∂sₖ Σ log(1 + e^(sⱼ − sᵢ))} over the pairs with {@code yᵢ > yⱼ} of the row of k. */
    private static Sum gradientOf(int k, float[] scores, float[] relevance) {
        double value = 0;
        double magnitude = 0;
        int begin = k / ITEMS * ITEMS;
        for (int other = begin; other < begin + ITEMS; other++) {
            if (relevance[k] != relevance[other]) {
                int sign = relevance[k] > relevance[other] ? -1 : 1;
                double term = 1 / (1 + Math.exp(sign * ((double) scores[other] - scores[k])));
                value += sign * term;
                magnitude += term;
            }
        }
        return new Sum(value, magnitude);
    }
}
