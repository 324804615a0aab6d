package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.HingeDiscriminatorLoss;
import dev.lossforge.losses.MeanAbsoluteErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyWithProbabilitiesLoss;
import dev.lossforge.losses.SparseCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.DataException;
import org.junit.jupiter.api.Test;

class ScoreLossTest {
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void givesEachRowsOwnDerivatives() {
        float[] scores = {0.5f, -2, 3};
        float[] labels = {1, 0, 0};
        float[] weights = {1, 2, 0.5f};
        ScoreLoss.Derivatives derivatives =
                ScoreLoss.of(new BinaryCrossEntropyWithLogitsLoss(), 1e-16).at(scores, labels, weights);
        for (int row = 0; row < 3; row++) {
            double p = sigmoid(scores[row]);
            assertThat((double) derivatives.gradients()[row]).isCloseTo(weights[row] * (p - labels[row]), within(1e-6));
            assertThat((double) derivatives.curvatures()[row]).isCloseTo(weights[row] * p * (1 - p), within(1e-6));
        }
    }

    @Test
    void givesThemForEachClassInRows() {
        float[] scores = {1, 2, 0, 0, 0, 0};
        ScoreLoss.Derivatives derivatives =
                ScoreLoss.of(new SoftmaxCrossEntropyLoss(), 1e-16).at(scores, new float[] {1, 2}, new float[0]);
        double sum = Math.E + Math.exp(2) + 1;
        double[] p = {Math.E / sum, Math.exp(2) / sum, 1 / sum, 1 / 3.0, 1 / 3.0, 1 / 3.0};
        double[] labels = {0, 1, 0, 0, 0, 1};
        for (int i = 0; i < 6; i++) {
            assertThat((double) derivatives.gradients()[i]).isCloseTo(p[i] - labels[i], within(1e-6));
            assertThat((double) derivatives.curvatures()[i]).isCloseTo(p[i] * (1 - p[i]), within(1e-6));
        }
    }

    @Test
    void raisesACurvatureThatIsTooSmallAndNoOther() {
        float[] scores = {1, 5};
        float[] labels = {0, 0};
        assertThat(ScoreLoss.of(new MeanAbsoluteErrorLoss(), 0.25)
                        .at(scores, labels, null)
                        .curvatures())
                .containsExactly(0.25f, 0.25f);
        assertThat(ScoreLoss.of(new HalfSquaredErrorLoss(), 0.25)
                        .at(scores, labels, null)
                        .curvatures())
                .containsExactly(1, 1);
        assertThat(ScoreLoss.of(new HalfSquaredErrorLoss(), 0.25)
                        .at(new float[] {Float.NaN}, new float[1], null)
                        .gradients())
                .containsExactly(Float.NaN);
    }

    @Test
    void refusesLossesThatNoBoosterCanUse() {
        assertThatThrownBy(() -> ScoreLoss.of(new SparseCrossEntropyLoss(), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Boosting needs second derivatives, but the loss sparseCrossEntropy(p, label) has none;"
                        + " declare it with @Loss(hessian = Hessian.DIAGONAL).");
        assertThatThrownBy(() -> ScoreLoss.of(new HingeDiscriminatorLoss(), 1))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> ScoreLoss.of(new SoftmaxCrossEntropyWithProbabilitiesLoss(), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("takes a row of values as its target");
        assertThatThrownBy(() -> ScoreLoss.of(new HalfSquaredErrorLoss(), 0))
                .hasMessageContaining("a finite number above 0, but 0.0 is given");
    }

    @Test
    void refusesALabelThatIsNoClass() {
        ScoreLoss loss = ScoreLoss.of(new SoftmaxCrossEntropyLoss(), 1);
        assertThatThrownBy(() -> loss.at(new float[4], new float[] {0, 0.5f}, null))
                .isInstanceOf(DataException.class)
                .hasMessage("The label of row 1 is 0.5, but the loss takes whole numbers; give class indices.");
    }
}
