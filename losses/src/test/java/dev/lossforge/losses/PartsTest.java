package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The losses that are sums report their terms, and these make up the loss. */
class PartsTest {
    private static final LossInputs SCORES =
            LossInputs.of(Tensor.vector(2, -0.5f, 0.25f), Tensor.vector(-3, 0.75f, 1.5f));
    private static final LossInputs LOGITS = LossInputs.of(
            Tensor.matrix(new float[][] {{2, 1, 0}, {-1, 3, 0.5f}, {0, 0, 4}}), IntTensor.vector(0, 2, 2));
    private static final LossInputs LOG_PROBABILITIES =
            LossInputs.of(Tensor.vector(-0.5f, -2, -0.1f), Tensor.vector(-1, -1.5f, -3));
    private static final LossInputs MASKS = LossInputs.of(
            Tensor.over(new float[] {2, 1, -1, 3, 0, 4, 1, 1, -2, 0, 0, 1}, 3, 2, 2),
            IntTensor.over(new int[] {0, 1, 1, -1, 0, 0}, 3, 2));
    private static final LossInputs EVIDENCE = LossInputs.of(
            Tensor.vector(0.5f, 1, -2),
            Tensor.vector(1, 2, 0.5f),
            Tensor.vector(1.5f, 2, 3),
            Tensor.vector(1, 0.5f, 2),
            Tensor.vector(1, 1, 0));

    private static Stream<Arguments> sums() {
        ToDoubleFunction<Map<String, Double>> both = parts -> parts.get("real") + parts.get("fake");
        return Stream.of(
                arguments(new MinimaxDiscriminatorLoss(), SCORES, both),
                arguments(new LeastSquaresDiscriminatorLoss(), SCORES, both),
                arguments(new HingeDiscriminatorLoss(), SCORES, both),
                arguments(new WassersteinCriticLoss(), SCORES, (ToDoubleFunction<Map<String, Double>>)
                        parts -> parts.get("fake") - parts.get("real")),
                arguments(new SoftmaxCrossEntropyWithZLoss(0.25f), LOGITS, (ToDoubleFunction<Map<String, Double>>)
                        parts -> parts.get("crossEntropy") + 0.25 * parts.get("zLoss")),
                arguments(new OddsRatioPreferenceLoss(0.5f), LOG_PROBABILITIES, (ToDoubleFunction<Map<String, Double>>)
                        parts -> 0.5 * parts.get("preference") - parts.get("logLikelihood")),
                arguments(new ContrastivePreferenceLoss(0.5f, 2), LOG_PROBABILITIES, (ToDoubleFunction<
                                Map<String, Double>>)
                        parts -> parts.get("preference") - 2 * parts.get("logLikelihood")),
                arguments(new DiceWithCrossEntropyLoss(2, 0.5f, 1e-7f, 0, -1), MASKS, (ToDoubleFunction<
                                Map<String, Double>>)
                        parts -> 2 * parts.get("crossEntropy") + 0.5 * parts.get("dice")),
                arguments(new EvidentialRegressionLoss(0.25f), EVIDENCE, (ToDoubleFunction<Map<String, Double>>)
                        parts -> parts.get("likelihood") + 0.25 * parts.get("evidence")));
    }

    @ParameterizedTest
    @MethodSource("sums")
    void thePartsMakeUpTheLoss(LossFunction loss, LossInputs inputs, ToDoubleFunction<Map<String, Double>> sum) {
        LossInputs weighted = inputs.withWeights(Tensor.vector(1, 0, 2.5f));
        for (Reduction reduction : Reduction.values()) {
            assertThat(sum.applyAsDouble(loss.parts(weighted, reduction)))
                    .isCloseTo(loss.value(weighted, reduction), within(1e-6));
        }
    }

    @Test
    void thePartsOfTheNormalisersPenaltyAreTheTwoLosses() {
        Map<String, Double> parts = new SoftmaxCrossEntropyWithZLoss(0.25f).parts(LOGITS, Reduction.MEAN);
        assertThat(parts.get("crossEntropy"))
                .isCloseTo(new SoftmaxCrossEntropyLoss().value(LOGITS, Reduction.MEAN), within(1e-6));
        Tensor logits = Tensor.matrix(new float[][] {{2, 1, 0}, {-1, 3, 0.5f}, {0, 0, 4}});
        assertThat(parts.get("zLoss"))
                .isCloseTo(new ZLoss().value(LossInputs.of(logits), Reduction.MEAN), within(1e-6));
    }

    @Test
    void theThreePartsOfVicRegMakeItUp() {
        Tensor a = Tensor.matrix(new float[][] {{2, 1}, {-1, 3}, {0, 0.5f}});
        Tensor b = Tensor.matrix(new float[][] {{1, 1}, {-1, 2}, {1, 0}});
        LossInputs views = LossInputs.of(a, b);
        LossFunction loss = new VicRegLoss(2, 3, 4, 2, 1e-4f);
        Map<String, Double> parts = loss.parts(views, Reduction.MEAN);
        assertThat(2 * parts.get("invariance") + 3 * parts.get("variance") + 4 * parts.get("covariance"))
                .isCloseTo(loss.value(views, Reduction.MEAN), within(1e-5));
        assertThat(parts.get("invariance"))
                .isCloseTo(new MeanSquaredErrorLoss().value(LossInputs.of(a, b), Reduction.MEAN), within(1e-6));
    }

    @Test
    void theElasticNetReportsBothPenalties() {
        Tensor weights = Tensor.vector(0.5f, -2, 1);
        assertThat(new ElasticNetRegularizer(0.25f).parts(weights)).isEqualTo(Map.of("l1", 3.5, "l2", 5.25));
    }
}
