package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.BinaryFocalLoss;
import dev.lossforge.losses.GeneralRobustLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.PoissonLogLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.losses.SparseCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import org.junit.jupiter.api.Test;

class CurvatureTest {
    private static final BoostingRows ROWS =
            BoostingRows.of(new float[] {0, 1, 0}).withWeights(new float[] {1, 2, 0.5f});
    private static final float[] SCORES = {3, -4, 0};

    private static float[] of(ScoreLoss loss) {
        return loss.at(SCORES, ROWS).curvatures();
    }

    /** A robust loss bends downwards far out; its Hessian alone would be negative there. */
    @Test
    void isNeverNegative() {
        GeneralRobustLoss robust = new GeneralRobustLoss(-2f, 1f);
        float[] hessian = of(ScoreLoss.of(robust).withMinCurvature(1e-3));
        float[] absolute = of(ScoreLoss.of(robust, Curvature.ABSOLUTE_HESSIAN));
        assertThat(hessian[0]).isEqualTo(1e-3f);
        assertThat(hessian[1]).isEqualTo(2e-3f);
        assertThat(absolute[0]).isGreaterThan(0.01f);
        assertThat(absolute[2]).isEqualTo(hessian[2]);
    }

    @Test
    void gaussNewtonIsTheSlopeOverTheResidual() {
        assertThat(of(ScoreLoss.of(new HuberLoss(1), Curvature.GAUSS_NEWTON))).containsExactly(1 / 3f, 2 / 5f, 0.5f);
        assertThat(of(ScoreLoss.of(new HalfSquaredErrorLoss(), Curvature.GAUSS_NEWTON)))
                .containsExactly(1, 2, 0.5f);
        assertThatThrownBy(() -> ScoreLoss.of(new BinaryCrossEntropyWithLogitsLoss(), Curvature.GAUSS_NEWTON))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The curvature GAUSS_NEWTON needs a loss of the residual, a score less its label, but the"
                        + " loss binaryCrossEntropyWithLogits(z, y) depends on more; choose another curvature.");
    }

    /** For these two the Fisher information is the Hessian, as it does not depend on the label. */
    @Test
    void fisherIsTheExpectedSquareOfTheGradient() {
        float[] binary = of(ScoreLoss.of(new BinaryCrossEntropyWithLogitsLoss(), Curvature.FISHER));
        float[] expected = of(ScoreLoss.of(new BinaryCrossEntropyWithLogitsLoss()));
        assertThat(binary).containsExactly(expected, within(1e-6f));
        float[] logits = {1, 2, 0, -3, 0, 0.5f};
        BoostingRows classes = BoostingRows.of(new float[] {2, 0}).withWeights(new float[] {1, 3});
        assertThat(ScoreLoss.of(new SoftmaxCrossEntropyLoss(), Curvature.FISHER)
                        .at(logits, classes)
                        .curvatures())
                .containsExactly(
                        ScoreLoss.of(new SoftmaxCrossEntropyLoss())
                                .at(logits, classes)
                                .curvatures(),
                        within(1e-6f));
    }

    @Test
    void fisherIsRefusedWhereItIsNotKnown() {
        assertThatThrownBy(() -> of(ScoreLoss.of(new BinaryFocalLoss(), Curvature.FISHER)))
                .hasMessageStartingWith("The Fisher information of the loss binaryFocal(")
                .hasMessageEndingWith("is unknown, because it gives no class probabilities; set it by withFisher, or"
                        + " choose another curvature.");
        assertThatThrownBy(() -> of(ScoreLoss.of(new PoissonLogLoss(), Curvature.FISHER)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> of(ScoreLoss.of(new PoissonLogLoss()).withFisher(scores -> new float[] {-1})))
                .hasMessage("The Fisher information of row 1 (index 0) is -1.0 for score 0, but none is negative.");
    }

    @Test
    void oneNeedsNoSecondDerivatives() {
        ScoreLoss loss = ScoreLoss.of(new SparseCrossEntropyLoss(), Curvature.ONE);
        assertThat(loss.at(
                                new float[] {0.5f, 0.5f},
                                BoostingRows.of(new float[1]).withWeights(new float[] {3}))
                        .curvatures())
                .containsExactly(3, 3);
    }
}
