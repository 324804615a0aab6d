package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs at which a naive evaluation overflows, cancels or divides zero by zero. */
class ExtremeValuesTest {

    @ParameterizedTest
    @CsvSource({
        "1e9, 1, 0, 0, 0",
        "1e9, 0, 1e9, 1, 0",
        "-1e9, 1, 1e9, -1, 0",
        "-1e9, 0, 0, 0, 0",
        "1e30, 0.25, 7.5e29, 0.75, 0",
        "1e9, 0.5, 5e8, 0.5, 0",
        "-100, 0, 3.7835058e-44, 3.7835058e-44, 3.7835058e-44",
        "20, 1, 2.0611536e-9, -2.0611536e-9, 2.0611536e-9",
        "-20, 0, 2.0611536e-9, 2.0611536e-9, 2.0611536e-9",
        "0, 1, 0.6931472, -0.5, 0.25"
    })
    void binaryCrossEntropyWithLogits(float z, float y, float value, float gradient, float curvature) {
        assertElement(new BinaryCrossEntropyWithLogitsLoss(), z, y, value, gradient, curvature);
        assertElement(new WeightedBinaryCrossEntropyWithLogitsLoss(), z, y, value, gradient, curvature);
        assertElement(new BinaryFocalLoss(0, -1), z, y, value, gradient, curvature);
        Tensor logits = Tensor.matrix(new float[] {z});
        assertThat(new MultilabelSoftMarginLoss()
                        .value(LossInputs.of(logits, Tensor.matrix(new float[] {y})), Reduction.SUM))
                .isCloseTo(value, within(Math.max(Float.MIN_VALUE, 3e-7 * Math.abs(value))));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.5f, 1, 2, 5})
    void focalOfTheCertain(float gamma) {
        assertElement(new BinaryFocalLoss(gamma, -1), 1e9f, 1, 0, 0, 0);
        assertElement(new BinaryFocalLoss(gamma, 0.25f), -1e9f, 1, 2.5e8f, -0.25f, 0);
        LossResult rows =
                row(new FocalLoss(gamma), new float[] {1e9f, 0, Float.NEGATIVE_INFINITY}, IntTensor.vector(0));
        assertThat(rows.value()).isZero();
        assertThat(entries(rows.gradient())).containsOnly(0f);
        assertThat(curvatures(rows)).containsOnly(0f);
    }

    @ParameterizedTest
    @CsvSource({
        "700, 699.3068528194401, 1, 0",
        "-700, 699.3068528194401, -1, 0",
        "1e30, 1e30, 1, 0",
        "0, 0, 0, 1",
        "1e-4, 5e-9, 1e-4, 1",
        "1e-18, 5e-37, 1e-18, 1"
    })
    void logCosh(float p, float value, float gradient, float curvature) {
        assertElement(new LogCoshLoss(), p, 0, value, gradient, curvature);
    }

    @ParameterizedTest
    @CsvSource({"1e30, 1e30, 1, 0", "-1e30, 1e30, -1, 0", "0, 0, 0, 1", "1e-10, 5e-21, 1e-10, 1"})
    void robustLosses(float p, float value, float gradient, float curvature) {
        assertElement(new HuberLoss(1), p, 0, value, gradient, curvature);
        assertElement(new SmoothL1Loss(1), p, 0, value, gradient, curvature);
        assertElement(new PseudoHuberLoss(1), p, 0, value, gradient, curvature);
        assertElement(new GeneralRobustLoss(1, 1), p, 0, value, gradient, curvature);
    }

    @ParameterizedTest
    @CsvSource({"-1e9, 1", "-2, 2"})
    void generalRobustLossForgetsTheFarthest(float alpha, float value) {
        assertElement(new GeneralRobustLoss(alpha, 1), 1e18f, 0, value, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {1.9999f, 1.9999999f, 2, 2.0000002f, 2.0001f, 1e-6f, -1e-6f, 1e-30f, 0})
    void generalRobustLossIsContinuousInItsShape(float alpha) {
        double x = 1.5;
        double b = Math.abs(alpha - 2.0);
        double expected = b == 0
                ? x * x / 2
                : alpha == 0
                        ? Math.log1p(x * x / 2)
                        : b / alpha * Math.expm1((double) alpha / 2 * Math.log1p(x * x / b));
        LossResult result = element(new GeneralRobustLoss(alpha, 1), (float) x, 0);
        assertThat(result.value()).isCloseTo(expected, within(5e-7));
        assertThat(result.parameterGradients().get("alpha").item()).isBetween(0f, 20f);
    }

    @ParameterizedTest
    @CsvSource({"-1000, 0, -1000, 1, 0", "1000, 5, 1000, 1, 0", "0, 0, 0, 1, 0"})
    void halfGamma(float z, float y, float value, float gradient, float curvature) {
        assertElement(new HalfGammaLoss(), z, y, value, gradient, curvature);
        assertElement(new HalfTweedieLoss(2), z, y, value, gradient, curvature);
    }

    @Test
    void halfTweedieOfNothing() {
        assertElement(new HalfTweedieLoss(1.5f), -1000, 0, 0, 0, 0);
    }

    @Test
    void poissonOfNothing() {
        assertElement(new PoissonLoss(), 0, 0, 0, 1, 0);
        assertElement(new PoissonLogLoss(), -1000, 0, 0, 0, 0);
        assertThat(element(new PoissonLoss(), 0, 2).value()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 1, 0, -1", "0, 1, Infinity, -Infinity", "1, 0, Infinity, Infinity"})
    void binaryCrossEntropyOnProbabilities(float p, float y, float value, float gradient) {
        LossResult result = element(new BinaryCrossEntropyLoss(), p, y);
        assertThat(entries(result.values())).containsExactly(value);
        if (y != p) {
            assertThat(entries(result.gradient())).containsExactly(gradient);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1000, 1e9f, 1e30f, -1e30f})
    void softmaxLossesOfLargeAndImpossibleLogits(float z) {
        float[] logits = {z, z, Float.NEGATIVE_INFINITY};
        Tensor y = Tensor.matrix(new float[] {0, 1, 0});
        float[] weight = {1, 1, 1};
        for (LossResult result : List.of(
                row(new SoftmaxCrossEntropyLoss(), logits, IntTensor.vector(1)),
                row(new SmoothedSoftmaxCrossEntropyLoss(0), logits, IntTensor.vector(1)),
                row(new WeightedSoftmaxCrossEntropyLoss(weight, 0), logits, IntTensor.vector(1)),
                row(new SoftmaxCrossEntropyWithProbabilitiesLoss(), logits, y),
                row(new WeightedSoftmaxCrossEntropyWithProbabilitiesLoss(weight, 0), logits, y),
                row(new FocalLoss(0), logits, IntTensor.vector(1)),
                row(new PolyLoss(0), logits, IntTensor.vector(1)),
                row(new SoftmaxKullbackLeiblerLoss(), logits, y),
                row(new ListwiseSoftmaxLoss(), logits, y))) {
            assertThat(result.value()).isCloseTo(Math.log(2), within(1e-7));
            assertThat(entries(result.gradient())).containsExactly(0.5f, -0.5f, 0);
            assertThat(curvatures(result)).containsExactly(0.25f, 0.25f, 0);
        }
        LossResult batch = row(new WeightedMeanSoftmaxCrossEntropyLoss(weight, 0, -1), logits, IntTensor.vector(1));
        assertThat(batch.value()).isCloseTo(Math.log(2), within(1e-7));
        assertThat(entries(batch.gradient())).containsExactly(0.5f, -0.5f, 0);
    }

    @Test
    void anImpossibleTruthCostsInfinity() {
        float[] logits = {0, Float.NEGATIVE_INFINITY};
        LossResult result = row(new SoftmaxCrossEntropyLoss(), logits, IntTensor.vector(1));
        assertThat(result.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(entries(result.gradient())).containsExactly(1, -1);
        assertThat(row(new SmoothedSoftmaxCrossEntropyLoss(0.1f), logits, IntTensor.vector(0))
                        .value())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void sparsemaxOfLargeAndImpossibleScores() {
        LossResult result =
                row(new SparsemaxLoss(), new float[] {1e9f, 1e9f, Float.NEGATIVE_INFINITY}, IntTensor.vector(0));
        assertThat(result.value()).isEqualTo(0.25);
        assertThat(entries(result.gradient())).containsExactly(-0.5f, 0.5f, 0);
        assertThat(curvatures(result)).containsExactly(0.5f, 0.5f, 0);
    }

    @Test
    void cosineOfZeroVectors() {
        Tensor zero = Tensor.matrix(new float[] {0, 0});
        Tensor some = Tensor.matrix(new float[] {3, -4});
        for (LossInputs inputs :
                List.of(LossInputs.of(zero, some), LossInputs.of(some, zero), LossInputs.of(zero, zero))) {
            LossResult result = new CosineSimilarityLoss().valueAndGradients(inputs, Reduction.SUM);
            assertThat(result.value()).isEqualTo(1);
            assertThat(entries(result.gradient())).containsOnly(0f);
        }
        LossResult pair =
                new CosineEmbeddingLoss().valueAndGradients(LossInputs.of(zero, some, Tensor.vector(1)), Reduction.SUM);
        assertThat(pair.value()).isEqualTo(1);
        assertThat(entries(pair.gradients().get("a"))).containsOnly(0f);
        assertThat(entries(pair.gradients().get("b"))).containsOnly(0f);
    }

    @Test
    void distancesOfEqualRowsAreFlat() {
        Tensor row = Tensor.matrix(new float[] {1, 2});
        LossInputs equal = LossInputs.of(row, row, row);
        for (LossFunction loss :
                List.of(new TripletLoss(), new TripletOfNormLoss(1, 2, 0, 1), new TripletOfNormLoss())) {
            LossResult result = loss.valueAndGradients(equal, Reduction.SUM);
            assertThat(result.value()).as(loss.name()).isEqualTo(1);
            result.gradients().values().forEach(g -> assertThat(entries(g)).containsOnly(0f));
        }
        LossResult contrastive = new ContrastiveLoss()
                .valueAndGradients(
                        LossInputs.of(Tensor.matrix(new float[] {1, 2}, new float[] {1, 2}), IntTensor.vector(0, 1)),
                        Reduction.SUM);
        assertThat(contrastive.value()).isEqualTo(0.5);
        assertThat(entries(contrastive.gradient())).containsOnly(0f);
    }

    @Test
    void kullbackLeiblerOfImpossibleAndCertain() {
        Tensor p = Tensor.matrix(new float[] {1, 0}, new float[] {0, 1});
        Tensor y = Tensor.matrix(new float[] {1, 0}, new float[] {1, 0});
        LossResult result = new KullbackLeiblerLoss().valueAndGradients(LossInputs.of(p, y), Reduction.NONE);
        assertThat(entries(result.values())).containsExactly(0, Float.POSITIVE_INFINITY);
        assertThat(entries(result.gradient())).containsExactly(-1, 0, Float.NEGATIVE_INFINITY, 0);
    }

    @Test
    void entropiesOfZeroProbabilities() {
        Tensor p = Tensor.matrix(new float[] {1, 0, 0});
        LossResult crossEntropy = new CrossEntropyLoss().valueAndGradients(LossInputs.of(p, p), Reduction.SUM);
        assertThat(crossEntropy.value()).isZero();
        assertThat(entries(crossEntropy.gradient())).containsExactly(-1, 0, 0);
        Tensor apart = Tensor.matrix(new float[] {0, 1, 0});
        LossResult shannon = new JensenShannonLoss().valueAndGradients(LossInputs.of(p, apart), Reduction.SUM);
        assertThat(shannon.value()).isCloseTo(Math.log(2), within(1e-7));
        float half = (float) (Math.log(2) / 2);
        assertThat(entries(shannon.gradient())).containsExactly(half, Float.NEGATIVE_INFINITY, half);
    }

    @Test
    void divergencesOfZeroProbabilities() {
        Tensor y = Tensor.matrix(new float[] {0.5f, 0.5f, 0});
        Tensor logp =
                Tensor.matrix(new float[] {(float) Math.log(0.5), (float) Math.log(0.5), Float.NEGATIVE_INFINITY});
        for (LossResult result : List.of(
                new KullbackLeiblerLoss().valueAndGradients(LossInputs.of(y, y), Reduction.SUM),
                new KullbackLeiblerWithLogProbabilitiesLoss().valueAndGradients(LossInputs.of(logp, y), Reduction.SUM),
                new KullbackLeiblerWithLogTargetsLoss().valueAndGradients(LossInputs.of(logp, logp), Reduction.SUM),
                new SoftmaxKullbackLeiblerLoss().valueAndGradients(LossInputs.of(logp, y), Reduction.SUM),
                new DistillationLoss(1).valueAndGradients(LossInputs.of(logp, logp), Reduction.SUM),
                new JensenShannonLoss().valueAndGradients(LossInputs.of(y, y), Reduction.SUM),
                new TotalVariationLoss().valueAndGradients(LossInputs.of(y, y), Reduction.SUM))) {
            assertThat(result.value()).isCloseTo(0, within(1e-7));
            for (float entry : entries(result.gradient())) {
                assertThat(entry).isFinite();
            }
            for (Tensor hessian : result.hessians().values()) {
                for (float entry : hessian.array()) {
                    assertThat(entry).isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN})
    void nanInNanOut(float nan) {
        for (LossFunction loss : new LossFunction[] {
            new MeanSquaredErrorLoss(),
            new MeanAbsoluteErrorLoss(),
            new HuberLoss(),
            new LogCoshLoss(),
            new BinaryCrossEntropyLoss(),
            new BinaryCrossEntropyWithLogitsLoss(),
            new HingeLoss(),
            new SquaredHingeLoss()
        }) {
            LossResult result = element(loss, nan, 1);
            assertThat(result.value()).as(loss.name()).isNaN();
            assertThat(entries(result.gradient())).as(loss.name()).containsExactly(Float.NaN);
        }
        Tensor logits = Tensor.matrix(new float[] {0, nan, 1});
        LossResult row = new SoftmaxCrossEntropyLoss()
                .valueAndGradients(LossInputs.of(logits, IntTensor.vector(0)), Reduction.SUM);
        assertThat(row.value()).isNaN();
        assertThat(entries(row.gradient())).containsOnly(Float.NaN);
    }

    private static LossResult element(LossFunction loss, float p, float y) {
        return loss.valueAndGradients(LossInputs.of(Tensor.vector(p), Tensor.vector(y)), Reduction.NONE);
    }

    private static LossResult row(LossFunction loss, float[] p, Data target) {
        return loss.valueAndGradients(LossInputs.of(Tensor.matrix(p), target), Reduction.SUM);
    }

    private static void assertElement(
            LossFunction loss, float p, float y, float value, float gradient, float curvature) {
        LossResult result = element(loss, p, y);
        assertClose(loss, "value", result.values(), value);
        assertClose(loss, "gradient", result.gradient(), gradient);
        assertClose(loss, "curvature", result.hessians().values().iterator().next(), curvature);
    }

    private static void assertClose(LossFunction loss, String what, Tensor actual, float expected) {
        float entry = actual.array()[0];
        if (Float.isInfinite(expected)) {
            assertThat(entry).as("%s of %s", what, loss).isEqualTo(expected);
        } else {
            float tolerance = Math.max(Float.MIN_VALUE, 3e-7f * Math.abs(expected));
            assertThat(entry).as("%s of %s", what, loss).isCloseTo(expected, within(tolerance));
        }
    }

    /** The diagonal of the Hessian by the only prediction, with 0 for −0. */
    private static float[] curvatures(LossResult result) {
        return entries(result.hessians().values().iterator().next());
    }

    /** The entries, with 0 for −0. */
    private static float[] entries(Tensor tensor) {
        float[] entries = tensor.array().clone();
        for (int i = 0; i < entries.length; i++) {
            entries[i] += 0f;
        }
        return entries;
    }
}
