package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.GaussianNegativeLogLikelihoodWithLogVarianceLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.MeanAbsoluteErrorLoss;
import dev.lossforge.losses.MixtureDensityLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
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
        ScoreLoss.Derivatives derivatives = ScoreLoss.of(new BinaryCrossEntropyWithLogitsLoss())
                .at(scores, BoostingRows.of(labels).withWeights(weights));
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
                ScoreLoss.of(new SoftmaxCrossEntropyLoss()).at(scores, BoostingRows.of(new float[] {1, 2}));
        double sum = Math.E + Math.exp(2) + 1;
        double[] p = {Math.E / sum, Math.exp(2) / sum, 1 / sum, 1 / 3.0, 1 / 3.0, 1 / 3.0};
        double[] labels = {0, 1, 0, 0, 0, 1};
        for (int i = 0; i < 6; i++) {
            assertThat((double) derivatives.gradients()[i]).isCloseTo(p[i] - labels[i], within(1e-6));
            assertThat((double) derivatives.curvatures()[i]).isCloseTo(p[i] * (1 - p[i]), within(1e-6));
        }
    }

    private static float[] curvatures(ScoreLoss loss, float[] scores, BoostingRows rows) {
        return loss.at(scores, rows).curvatures();
    }

    @Test
    void raisesACurvatureThatIsTooSmallAndNoOther() {
        float[] scores = {1, 5};
        BoostingRows rows = BoostingRows.of(new float[2]);
        ScoreLoss straight = ScoreLoss.of(new MeanAbsoluteErrorLoss()).withMinCurvature(0.25);
        assertThat(curvatures(straight, scores, rows)).containsExactly(0.25f, 0.25f);
        assertThat(curvatures(straight, scores, rows.withWeights(new float[] {2, 0})))
                .containsExactly(0.5f, 0);
        ScoreLoss bent = ScoreLoss.of(new HalfSquaredErrorLoss()).withMinCurvature(0.25);
        assertThat(curvatures(bent, scores, rows)).containsExactly(1, 1);
        assertThat(curvatures(bent.withCurvatureFactor(3), scores, rows)).containsExactly(3, 3);
        assertThat(bent.at(new float[] {Float.NaN}, BoostingRows.of(new float[1]))
                        .gradients())
                .containsExactly(Float.NaN);
    }

    @Test
    void givesTheLossAsTheMeanByWeight() {
        BoostingRows rows = BoostingRows.of(new float[] {0, 0}).withWeights(new float[] {1, 3});
        assertThat(ScoreLoss.of(new HalfSquaredErrorLoss()).value(new float[] {2, 4}, rows))
                .isEqualTo((2 + 3 * 8) / 4.0);
    }

    @Test
    void refusesLossesThatNoBoosterCanUse() {
        assertThatThrownBy(() -> ScoreLoss.of(new SparseCrossEntropyLoss()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The curvature HESSIAN needs second derivatives, but the loss sparseCrossEntropy(p, label)"
                        + " has none; declare it with @Loss(hessian = Hessian.DIAGONAL), or choose another curvature.");
        assertThatThrownBy(() ->
                        ScoreLoss.of(new MixtureDensityLoss(), Curvature.ONE).checked())
                .hasMessage("The loss mixtureDensity(logits, means, logScales, y) has 3 rows as predictions, so the"
                        + " scores cannot be assigned to them; declare one row.");
        assertThatThrownBy(() -> ScoreLoss.of(new HalfSquaredErrorLoss()).perGroup())
                .hasMessageContaining("is one per row and cannot use groups");
        assertThatThrownBy(() -> ScoreLoss.of(new HalfSquaredErrorLoss()).withMinCurvature(0))
                .hasMessage("The minimum curvature is a finite number above 0, but 0.0 is given.");
    }

    @Test
    void refusesScoresOfAnotherNumber() {
        BoostingRows rows = BoostingRows.of(new float[2]);
        assertThatThrownBy(() -> ScoreLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss())
                        .at(new float[2], rows))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The loss gaussianNegativeLogLikelihoodWithLogVariance(mean, logVariance, y, full) takes 2"
                        + " prediction(s), but the booster gives 1 score(s) for each row.");
        assertThatThrownBy(() -> ScoreLoss.of(new HalfSquaredErrorLoss()).at(new float[3], rows))
                .isInstanceOf(DataException.class)
                .hasMessage("The booster gives 3 scores, but there are 2 labels.");
    }

    @Test
    void refusesWeightsOfAnotherNumber() {
        BoostingRows rows = BoostingRows.of(new float[2]).withWeights(new float[3]);
        assertThatThrownBy(() -> ScoreLoss.of(new HalfSquaredErrorLoss()).at(new float[2], rows))
                .hasMessage(
                        "There are 3 weights, but the loss halfSquaredError(p, y) needs one for each of the 2 rows.");
    }

    @Test
    void refusesALabelThatIsNoClass() {
        ScoreLoss loss = ScoreLoss.of(new SoftmaxCrossEntropyLoss());
        assertThatThrownBy(() -> loss.at(new float[4], BoostingRows.of(new float[] {0, 0.5f})))
                .isInstanceOf(DataException.class)
                .hasMessage("The target 'label' of row 2 (index 1) is 0.5, but the loss takes whole numbers, such as"
                        + " class indices.");
        assertThatThrownBy(() -> loss.at(new float[4], BoostingRows.of(new float[] {0, 2})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'label' of row 2 (index 1) is 2, but it selects one of 2 entries");
        assertThatThrownBy(() -> loss.at(new float[2], BoostingRows.of(new float[] {0, 1})))
                .hasMessageEndingWith("With several scores per row, set num_class, and for a metric of XGBoost"
                        + " objective=reg:squarederror.");
    }

    /** The gradient would be NaN, and XGBoost and LightGBM grow trees of it without a word. */
    @Test
    void refusesTargetsThatAreNoNumbers() {
        float[] values = {1, Float.NaN};
        assertThatThrownBy(() -> BoostingRows.of(values))
                .isInstanceOf(DataException.class)
                .hasMessage("The target 'label' has NaN as value 2 (index 1); replace it, or leave the row out.");
        assertThatThrownBy(() -> BoostingRows.of(new float[2]).withTarget("upper", values))
                .hasMessageStartingWith("The target 'upper' has NaN");
        assertThatThrownBy(() -> XGBoostObjective.of(new HalfSquaredErrorLoss()).withTarget("upper", values))
                .hasMessageStartingWith("The target 'upper' has NaN");
    }
}
