package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tails, ties and empty cases of the losses in {@code recent-figures.json}. Expected numbers are worked out by hand, or
 * with mpmath in 50 digits.
 */
class EdgeInputsTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /** Loss, value, gradient by the first prediction, and all inputs. */
    static Stream<Arguments> elements() {
        return Stream.of(
                arguments(new TukeyLoss(3), 1.5, 0, at(1e30f, 0)),
                arguments(new TukeyLoss(3), 0, 0, at(2, 2)),
                arguments(new FairLoss(2), 2e30, 2, at(1e30f, 0)),
                arguments(new FairLoss(2), 0, 0, at(1, 1)),
                arguments(new WingLoss(), 0, 0, at(1, 1)),
                arguments(new WingLoss(), 1e30, -1, at(-1e30f, 0)),
                arguments(new SymmetricMeanAbsolutePercentageErrorLoss(), 0, 0, at(0, 0)),
                arguments(new SymmetricMeanAbsolutePercentageErrorLoss(), 200, 0, at(4, 0)),
                arguments(new ExpectileLoss(0.1f), 0, 0, at(2, 2)),
                arguments(new QuantileHuberLoss(0.9f, 1), 1e29, 0.1, at(1e30f, 0)),
                arguments(new GaussianRankedProbabilityLoss(), 1e10, 1, at(1e10f, 0, 0)),
                arguments(new NegativeBinomialLoss(), 0, 0, at(-1000, 0, 0)),
                arguments(new NegativeBinomialLoss(), 1000, 1, at(1000, 0, 0)),
                arguments(new ZeroInflatedPoissonLoss(), 0, 0, at(3, 1000, 0)),
                arguments(new ZeroInflatedPoissonLoss(), 7.3890561, 7.3890561, at(2, -1000, 0)),
                arguments(new ZeroInflatedNegativeBinomialLoss(), 0, 0, at(3, 1, 1000, 0)),
                arguments(new StudentTLoss(), 84.0377932, 2e-18, at(1e18f, 0, 0, 0)),
                arguments(new StudentTLoss(), 1.4189385, 1, at(1, 0, 30, 0)),
                arguments(new VonMisesLoss(), -9.0810615, 0, at(1, 20, 1)),
                arguments(new VonMisesLoss(), 1.8378771, 0, at(1, -1000, 1)),
                arguments(new ProbitLoss(), 5.0000010129e7, -1e4, at(-1e4f, 1)),
                arguments(new ProbitLoss(), 0, 0, at(1e4f, 1)),
                arguments(new NormalFailureTimeLoss(), 5005.5242087, -100.0099980, at(-100, 1, INFINITY)),
                arguments(new NormalFailureTimeLoss(), 5005.5242087, 100.0099980, at(100, 0, 1)),
                arguments(new NormalFailureTimeLoss(), 53.2313102, -10.0980684, at(-10, 1, 2.7182817f)),
                arguments(new NormalFailureTimeLoss(), 6.2813597, 1.3910306, at(0.75f, 0.5235f, 0.53f)),
                arguments(new NormalFailureTimeLoss(), 3.3676735, -0.4419599, at(-0.5f, 0.9f, 0.99f)),
                arguments(new LogisticFailureTimeLoss(), 100, -1, at(-100, 1, INFINITY)),
                arguments(new LogisticFailureTimeLoss(), 99.4586752, 1, at(100, 1, 2.7182817f)),
                arguments(new ExtremeFailureTimeLoss(), 0, 0, at(100, 1, INFINITY)),
                arguments(new ExtremeFailureTimeLoss(), 100, 1, at(100, 0, 1)),
                arguments(new ExtremeFailureTimeLoss(), 22026.4657948, -22026.4657948, at(-10, 1, 2.7182817f)),
                arguments(new VarifocalLoss(), 0, 0, at(-1e9f, 0)),
                arguments(new GaussianKullbackLeiblerLoss(), 0, 0, at(0, 0)),
                arguments(new ContrastivePreferenceLoss(), 1e8, -1.1, at(0, 1e9f)),
                arguments(new BradleyTerryLoss(), 0, 0, at(1e9f, 0, 1)),
                arguments(new ProximalPolicyLoss(), -1.2, 0, at(0, -100, 1)),
                arguments(new ProximalPolicyLoss(), 0.8, 0, at(-200, 0, -1)),
                arguments(new ClippedValueLoss(), 0.5, 1, at(1, 1, 0)));
    }

    private static float[] at(float... inputs) {
        return inputs;
    }

    @ParameterizedTest
    @MethodSource("elements")
    void ofOneElement(LossFunction loss, double value, double gradient, float[] inputs) {
        Data[] data = new Data[loss.signature().dataInputs().size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = Tensor.vector(inputs[i]);
        }
        LossResult result = loss.valueAndGradients(LossInputs.of(data), Reduction.SUM);
        assertThat(result.value()).isCloseTo(value, within(5e-7 * Math.max(1, Math.abs(value))));
        double slope = result.gradients().values().iterator().next().array()[0];
        assertThat(slope).isCloseTo(gradient, within(2e-6 * Math.max(1e-3, Math.abs(gradient))));
        result.gradients().values().forEach(EdgeInputsTest::assertFinite);
        result.hessians().values().forEach(EdgeInputsTest::assertFinite);
    }

    private static void assertFinite(Tensor tensor) {
        for (float entry : tensor.array()) {
            assertThat(entry).isFinite();
        }
    }

    private static LossResult of(LossFunction loss, Data... inputs) {
        return loss.valueAndGradients(LossInputs.of(inputs), Reduction.SUM);
    }

    private static Tensor row(float... entries) {
        return Tensor.matrix(entries);
    }

    private static void assertValue(LossResult result, double value) {
        assertThat(result.value()).isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value))));
        result.gradients().values().forEach(EdgeInputsTest::assertFinite);
        result.hessians().values().forEach(EdgeInputsTest::assertFinite);
    }

    @Test
    void gradesOfTheCertain() {
        assertValue(of(new CoralLoss(), row(1e9f, -1e9f), IntTensor.vector(1)), 0);
        assertValue(of(new CoralLoss(), row(1e9f, -1e9f), IntTensor.vector(0)), 1e9);
        assertValue(of(new CornLoss(), row(1e9f, -1e9f), IntTensor.vector(1)), 0);
        LossFunction cumulative = new CumulativeLogitLoss(new float[] {-1, 1});
        assertValue(of(cumulative, Tensor.vector(100), IntTensor.vector(1)), 99.1454134);
        assertValue(of(cumulative, Tensor.vector(-1e4f), IntTensor.vector(2)), 10001);
        assertValue(of(cumulative, Tensor.vector(-1e4f), IntTensor.vector(0)), 0);
        assertValue(of(new DiscreteHazardLoss(), row(-1e9f, 1e9f), IntTensor.vector(1), IntTensor.vector(1)), 0);
        assertValue(of(new SquaredEarthMoversLoss(), row(1e9f, 0, 0), row(0, 0, 1)), 2);
    }

    @Test
    void survivalWithoutEventsAndOfTies() {
        Tensor hazard = Tensor.matrix(new float[] {100}, new float[] {100});
        assertValue(of(new CoxEfronLoss(), hazard, Tensor.vector(1, 1), IntTensor.vector(0, 0)), 0);
        assertValue(of(new CoxEfronLoss(), hazard, Tensor.vector(1, 1), IntTensor.vector(1, 1)), Math.log(2) / 2);
    }

    @Test
    void classesOfTheCertain() {
        Tensor sure = row(1e9f, 0);
        assertValue(of(new SymmetricCrossEntropyLoss(), sure, IntTensor.vector(0)), 0);
        assertValue(of(new SymmetricCrossEntropyLoss(), sure, IntTensor.vector(1)), 1e8);
        assertValue(of(new LogitAdjustedLoss(new float[] {1, 0}), row(0, 5), IntTensor.vector(0)), 0);
        assertValue(of(new AsymmetricMultilabelLoss(), row(1e9f, -1e9f), row(1, 0)), 0);
        assertValue(of(new AsymmetricMultilabelLoss(1, 4, 0), row(1e9f, -1e9f), row(0, 1)), 2e9);
        assertValue(of(new ArcFaceLoss(), row(1, -1), IntTensor.vector(0)), 0);
        assertValue(of(new ArcFaceLoss(), row(-1, 1), IntTensor.vector(0)), 64 * (2 + 0.5 * Math.sin(0.5)));
        assertThat(of(new MaximumMeanCalibrationLoss(), sure, IntTensor.vector(0))
                        .value())
                .isZero();
    }

    @Test
    void boxesThatCoincideOrAreNone() {
        Tensor box = row(1, 2, 3, 5);
        Tensor point = row(2, 2, 2, 2);
        for (LossFunction loss : List.of(new GeneralizedIouLoss(), new DistanceIouLoss(), new CompleteIouLoss())) {
            assertValue(of(loss, box, box), 0);
            assertThat(of(loss, point, box).value()).isBetween(1.0, 2.0);
            assertFinite(of(loss, point, box).gradient());
            assertFinite(of(loss, point, point).gradient());
        }
        assertValue(of(new GeneralizedIouLoss(), row(0, 0, 1, 1), row(2, 0, 3, 1)), 1 + 1 / 3.0);
        assertValue(of(new DistanceIouLoss(), row(0, 0, 1, 1), row(2, 0, 3, 1)), 1.4);
        assertValue(of(new DistributionFocalLoss(), row(0, 0, 1e9f), Tensor.vector(2)), 0);
        assertValue(of(new DistributionFocalLoss(), row(1e9f, 0, 0), Tensor.vector(0)), 0);
    }

    @Test
    void boxesWithoutFourEdgesAndSamplesWithoutAnotherAreRefused() {
        for (LossFunction loss : List.of(new GeneralizedIouLoss(), new DistanceIouLoss(), new CompleteIouLoss())) {
            assertThatThrownBy(() -> of(loss, row(1, 2, 3), row(1, 2, 3, 5)))
                    .hasMessageContaining(
                            "needs at least 4 entries in each row of 'p', but 'p' of shape [1, 3] has 3;");
            assertThatThrownBy(() -> of(loss, row(1, 2, 3, 5), row(1, 2, 3)))
                    .hasMessageContaining("needs at least 4 entries in each row of 'y'");
        }
        assertThatThrownBy(() -> of(new SupervisedContrastiveLoss(), row(1, 0), IntTensor.vector(0)))
                .hasMessageContaining("needs at least 2 samples, the rows of 'embeddings'");
        assertThatThrownBy(() -> of(new NtXentLoss(), row(1, 0), IntTensor.vector(0)))
                .hasMessageContaining("needs at least 2 samples, the rows of 'embeddings'");
    }

    @Test
    void embeddingsWithoutPartnersOrAllAlike() {
        Tensor rows = Tensor.matrix(new float[] {1, 0}, new float[] {1, 0});
        assertThat(of(new SupervisedContrastiveLoss(), rows, IntTensor.vector(0, 1))
                        .value())
                .isNaN();
        assertThat(of(new BatchHardTripletLoss(), rows, IntTensor.vector(0, 0)).value())
                .isNaN();
        Tensor three = Tensor.matrix(new float[] {1, 0}, new float[] {1, 0}, new float[] {1, 0});
        assertValue(of(new BatchHardTripletLoss(0.2f), three, IntTensor.vector(0, 0, 1)), 0.2);
        assertValue(of(new MultiSimilarityLoss(), rows, IntTensor.vector(0, 0)), Math.log1p(Math.exp(-1)) / 2);
        assertValue(of(new CoSentLoss(), rows, rows, Tensor.vector(1, 1)), 0);
        assertValue(of(new SymmetricInfoNceLoss(), rows, rows), Math.log(2));
        assertValue(of(new MaximumMeanDiscrepancyLoss(), rows, rows), 0);
        assertValue(of(new BarlowTwinsLoss(), rows, rows), 2);
        Tensor one = row(1, 0);
        assertThat(of(new VicRegLoss(), one, one).value()).isCloseTo(25 * 0.99, within(1e-4));
        assertFinite(of(new VicRegLoss(), one, one).gradients().get("a"));
        assertValue(of(new CorrelationLoss(), row(2, 2, 2), row(1, 2, 3)), 1);
    }

    @Test
    void emptyAndPerfectMasks() {
        Tensor p = Tensor.over(new float[] {1, 0, 0, 1, 0, 0}, 1, 2, 3);
        assertValue(of(new GeneralizedDiceLoss(), p, IntTensor.over(new int[] {0, 0}, 1, 2)), 0);
        assertValue(of(new GeneralizedDiceLoss(), p, IntTensor.over(new int[] {-100, -100}, 1, 2)), 1);
        Tensor logits = Tensor.over(new float[] {1e9f, 0, 0, 1e9f}, 1, 2, 2);
        assertValue(of(new DiceWithCrossEntropyLoss(), logits, IntTensor.over(new int[] {0, 1}, 1, 2)), 0);
        assertValue(of(new DiceWithCrossEntropyLoss(), logits, IntTensor.over(new int[] {-100, -100}, 1, 2)), 1);
        assertThat(of(new FocalTverskyLoss(), row(1, 0), row(1, 0)).value()).isCloseTo(0, within(1e-5));
        assertFinite(of(new FocalTverskyLoss(), row(1, 0), row(1, 0)).gradient());
        Tensor silence = Tensor.zeros(1, 2, 3);
        assertValue(of(new LogSpectralDistanceLoss(), silence, silence), 0);
    }

    @Test
    void listsWithoutRelevanceAndWithTies() {
        assertValue(of(new ApproxNdcgLoss(), row(1, 2), row(0, 0)), 1);
        assertValue(of(new LambdaRankLoss(), row(1, 2), row(0, 0)), 0);
        assertValue(of(new LambdaRankLoss(), row(0, 0), row(1, 0)), Math.log(2) * (1 - Math.log(2) / Math.log(3)));
        assertValue(of(new ApproxNdcgLoss(1e-3f), row(9, 5), row(1, 0)), 0);
        assertValue(of(new EnsembleRankedProbabilityLoss(), row(2, 2), Tensor.vector(5)), 3);
        assertValue(of(new MultiQuantileLoss(new float[] {0.1f, 0.9f}), row(1e30f, 0), Tensor.vector(0)), 4.5e29);
        assertValue(of(new DistributionalQuantileLoss(), row(3), row(3, 3)), 0);
        assertValue(of(new MeanAbsoluteScaledErrorLoss(), row(1, 2), row(2, 3), row(5, 5, 5)), 1e7);
    }

    @Test
    void distributionsThatExclude() {
        Tensor some = row(0, 0, Float.NEGATIVE_INFINITY);
        Tensor other = row(Float.NEGATIVE_INFINITY, 0, 0);
        assertValue(of(new GeneralizedJensenShannonLoss(), some, some), 0);
        assertThat(of(new GeneralizedJensenShannonLoss(), some, other).value())
                .isCloseTo(Math.log(2) / 2, within(1e-6));
        assertValue(of(new ReverseKullbackLeiblerLoss(), some, some), 0);
        assertThat(of(new ReverseKullbackLeiblerLoss(), some, other).value()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void answersOfNoLengthAndPadding() {
        Tensor logp = row(-1, -2, Float.NaN);
        Tensor old = row(-1, -2, 0);
        assertValue(of(new GroupRelativePolicyLoss(), old, old, old, Tensor.vector(1), IntTensor.vector(0)), 0);
        LossResult padded = of(new GroupRelativePolicyLoss(), logp, old, old, Tensor.vector(1), IntTensor.vector(2));
        assertThat(padded.value()).isCloseTo(-1, within(1e-6));
        assertThat(padded.gradient().array()).containsExactly(-0.5f, -0.5f, 0);
    }
}
