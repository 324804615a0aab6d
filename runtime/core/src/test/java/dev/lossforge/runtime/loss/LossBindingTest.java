package dev.lossforge.runtime.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reductions, weights, chunks and the messages about inputs that do not fit. */
class LossBindingTest {
    private static final LossSignature PICK = LossSignature.of(
            "pick",
            LossSignature.Scope.SAMPLE,
            LossSignature.Input.prediction("scores", 1),
            LossSignature.Input.target("label", LossSignature.Input.Type.INT, 0),
            LossSignature.Input.parameter("factor", LossSignature.Input.Type.FLOAT, 0)
                    .between(0, 10)
                    .asTrainable());

    /** {@code factor · scores[label]}. */
    private static final class Pick extends FormulaLoss {
        Pick(float factor) {
            super(PICK, Tensor.scalar(factor));
        }

        @Override
        protected double run(KernelFrame frame, int from, int to) {
            int length = frame.extent(0, 0);
            frame.requireIndices(1, "label", length, from, to);
            float factor = frame.floats(2)[0];
            double sum = 0;
            for (int unit = from; unit < to; unit++) {
                boolean counts = frame.weight(unit) != 0;
                int at = unit * length + (counts ? frame.ints(1)[unit] : 0);
                float score = frame.floats(0)[at];
                if (frame.wantsDerivatives()) {
                    float[] gradient = frame.gradient(0);
                    Arrays.fill(gradient, unit * length, (unit + 1) * length, 0);
                    gradient[at] = counts ? factor * frame.scale(unit) : 0;
                    frame.parameterGradient(2)[0] += counts ? score * frame.scale(unit) : 0;
                }
                sum += frame.take(unit, factor * score);
            }
            return sum;
        }
    }

    private final LossFunction loss = new Pick(2);
    private final Tensor scores = Tensor.matrix(new float[][] {{1, 2, 3}, {4, 5, 6}});
    private final IntTensor labels = IntTensor.vector(2, 0);

    @Test
    void reductionsDivideAsTheySay() {
        LossInputs plain = LossInputs.of(scores, labels);
        LossInputs weighted = plain.withWeights(Tensor.vector(1, 3));
        assertThat(loss.value(plain, Reduction.SUM)).isEqualTo(14);
        assertThat(loss.value(plain, Reduction.MEAN)).isEqualTo(7);
        assertThat(loss.value(weighted, Reduction.SUM)).isEqualTo(30);
        assertThat(loss.value(weighted, Reduction.MEAN)).isEqualTo(15);
        assertThat(loss.value(weighted, Reduction.WEIGHTED_MEAN)).isEqualTo(7.5);
        assertThat(loss.values(weighted).array()).containsExactly(6, 24);
    }

    @Test
    void gradientsCarryTheReduction() {
        LossInputs weighted = LossInputs.of(scores, labels).withWeights(Tensor.vector(1, 3));
        LossResult result = loss.valueAndGradients(weighted, Reduction.WEIGHTED_MEAN);
        assertThat(result.gradient().array()).containsExactly(0, 0, 0.5f, 1.5f, 0, 0);
        assertThat(result.parameterGradients().get("factor").item()).isEqualTo(3.75f);
        assertThat(result.values()).isNull();
        assertThat(loss.valueAndGradients(weighted, Reduction.NONE).values()).isEqualTo(Tensor.vector(6, 24));
    }

    @Test
    void aSampleOfWeightZeroMayHoldAnything() {
        scores.array()[0] = Float.NaN;
        LossInputs masked = LossInputs.of(scores, IntTensor.vector(-100, 1)).withWeights(Tensor.vector(0, 1));
        LossResult result = loss.valueAndGradients(masked, Reduction.WEIGHTED_MEAN);
        assertThat(result.value()).isEqualTo(10);
        assertThat(result.gradient().array()).containsExactly(0, 0, 0, 0, 2, 0);
    }

    @Test
    void ignoredSamplesAreNotCounted() {
        scores.array()[0] = Float.NaN;
        LossInputs ignoring = LossInputs.of(scores, IntTensor.vector(-100, 1)).ignoring(-100);
        LossResult result = loss.valueAndGradients(ignoring, Reduction.MEAN);
        assertThat(result.value()).isEqualTo(10);
        assertThat(result.gradient().array()).containsExactly(0, 0, 0, 0, 2, 0);
        assertThat(loss.values(ignoring).array()).containsExactly(0, 10);
        LossInputs weighted = ignoring.withWeights(Tensor.vector(5, 3));
        assertThat(loss.value(weighted, Reduction.SUM)).isEqualTo(30);
        assertThat(loss.value(weighted, Reduction.MEAN)).isEqualTo(30);
        assertThat(loss.value(weighted, Reduction.WEIGHTED_MEAN)).isEqualTo(10);
    }

    @Test
    void maskedSamplesAreNotCounted() {
        LossInputs masked = LossInputs.of(scores, IntTensor.vector(-1, 1)).withMask(Tensor.vector(0, 1));
        assertThat(loss.value(masked, Reduction.MEAN)).isEqualTo(10);
        assertThat(loss.value(masked.withMask(null).ignoring(-1), Reduction.MEAN))
                .isEqualTo(10);
    }

    @Test
    void whereNothingCountsTheMeanIsNotANumberAndTheGradientIsZero() {
        LossInputs none = LossInputs.of(scores, labels).withMask(Tensor.vector(0, 0));
        LossResult result = loss.valueAndGradients(none, Reduction.MEAN);
        assertThat(result.value()).isNaN();
        assertThat(result.gradient().array()).containsOnly(0);
        assertThat(result.parameterGradients().get("factor").item()).isEqualTo(0);
    }

    @Test
    void manyChunksGiveWhatOneGives() {
        int rows = 100_000;
        Tensor many = Tensor.over(new float[rows * 3], rows, 3);
        Arrays.fill(many.array(), 0.25f);
        LossResult result =
                loss.valueAndGradients(LossInputs.of(many, IntTensor.over(new int[rows], rows)), Reduction.SUM);
        assertThat(result.value()).isEqualTo(rows * 0.5);
        assertThat(result.parameterGradients().get("factor").item()).isEqualTo(rows * 0.25f);
    }

    @Test
    void misfitsNameBothShapes() {
        assertThatThrownBy(() -> BoundLoss.of(loss, LossInputs.of(scores, IntTensor.vector(1, 2, 0))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("pick(scores, label, factor)")
                .hasMessageContaining("'label' of shape [3]")
                .hasMessageContaining("'scores' of shape [2, 3]")
                .hasMessageContaining("one value per sample, shape [2]");
        assertThatThrownBy(
                        () -> BoundLoss.of(loss, LossInputs.of(scores, labels).withWeights(Tensor.vector(1, 2, 3))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("weights of shape [3]");
        assertThatThrownBy(() -> BoundLoss.of(loss, LossInputs.of(scores, Tensor.vector(1, 2))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("use an IntTensor");
        assertThatThrownBy(() -> BoundLoss.of(loss, LossInputs.of(scores)))
                .hasMessageContaining("takes 2 predictions and targets, but 1 are given");
        assertThatThrownBy(() -> BoundLoss.of(loss, LossInputs.named("score", scores)))
                .hasMessageContaining("has no input 'score'");
    }

    @Test
    void aClassOutsideItsRangeIsNamed() {
        LossInputs inputs = LossInputs.of(scores, IntTensor.vector(1, 3));
        assertThatThrownBy(() -> loss.value(inputs, Reduction.SUM))
                .isInstanceOf(IndexException.class)
                .hasMessage(
                        "'label' of sample 1 of the batch is 3, but it selects one of 3 entries and so lies between 0 and 2;"
                                + " to leave it out, mask it or give it the weight 0.");
    }

    @Test
    void hyperparametersStayInTheirRange() {
        for (float wrong : List.of(-1f, 11f, Float.NaN)) {
            assertThatThrownBy(() -> new Pick(wrong))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'factor' of the loss pick is between 0.0 and 10.0");
        }
    }

    @Test
    void axesThatRunTogetherAreEquallyLong() {
        LossSignature signature = new LossSignature(
                "pair",
                LossSignature.Scope.SAMPLE,
                List.of(
                        LossSignature.Input.prediction("p", 1),
                        LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 1)),
                List.of(new LossSignature.EqualExtents(0, 0, 1, 0)),
                false);
        LossFunction pair = doingNothing(signature);
        assertThatThrownBy(() -> BoundLoss.of(pair, LossInputs.of(Tensor.zeros(2, 3), Tensor.zeros(2, 4))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'p' (shape [2, 3])")
                .hasMessageContaining("'y' (shape [2, 4])");
    }

    @Test
    void lengthsWithoutAValueAreRefusedWithWhatIsNeeded() {
        assertThat(refused(
                        row(new LossSignature.ExcludedExtents(0, 0, 1, 2)),
                        LossInputs.of(Tensor.zeros(4, 2), Tensor.zeros(4, 2))))
                .isEqualTo(
                        "The loss row(p, y, w) needs at least 3 entries in each row of 'p', but 'p' of shape [4, 2] has"
                                + " 2; make 'p' longer, or let the formula test the length first.");
        assertThat(refused(
                        row(new LossSignature.ExcludedExtents(1, 0, 2, 2)),
                        LossInputs.of(Tensor.zeros(4, 2), Tensor.zeros(4, 2))))
                .isEqualTo(
                        "The loss row(p, y, w) has no value for 2 entries in each row of 'y', but 'y' of shape [4, 2]"
                                + " has 2; make 'y' longer, or let the formula test the length first.");
        assertThat(refused(
                        row(new LossSignature.ExcludedExtents(2, 0, 1, 1)),
                        LossInputs.of(Tensor.zeros(4, 2), Tensor.zeros(4, 2))))
                .startsWith("The loss row(p, y, w) needs at least 2 entries of 'w', but 'w' of shape [1] has 1;");
        LossFunction batch = doingNothing(
                LossSignature.of("pairs", LossSignature.Scope.BATCH, LossSignature.Input.prediction("p", 2))
                        .excluding(new LossSignature.ExcludedExtents(0, 0, 1, 1)));
        assertThat(refused(batch, LossInputs.of(Tensor.zeros(1, 5))))
                .isEqualTo("The loss pairs(p) needs at least 2 samples, the rows of 'p', but 'p' of shape [1, 5] has 1;"
                        + " give more of them, or let the formula test the length first.");
        assertThat(BoundLoss.of(batch, LossInputs.of(Tensor.zeros(2, 1))).units())
                .isEqualTo(1);
    }

    @Test
    void otherLengthsAreBound() {
        LossFunction row = row(new LossSignature.ExcludedExtents(0, 0, 2, 3));
        for (int length : List.of(1, 4)) {
            assertThat(BoundLoss.of(row, LossInputs.of(Tensor.zeros(4, length), Tensor.zeros(4, 1)))
                            .units())
                    .isEqualTo(4);
        }
    }

    private static String refused(LossFunction loss, LossInputs inputs) {
        return catchThrowableOfType(ShapeException.class, () -> BoundLoss.of(loss, inputs))
                .getMessage();
    }

    private static LossFunction row(LossSignature.ExcludedExtents excluded) {
        return doingNothing(
                LossSignature.of(
                                "row",
                                LossSignature.Scope.SAMPLE,
                                LossSignature.Input.prediction("p", 1),
                                LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 1),
                                LossSignature.Input.parameter("w", LossSignature.Input.Type.FLOAT, 1))
                        .excluding(excluded),
                Tensor.vector(1));
    }

    private static LossFunction doingNothing(LossSignature signature, Data... parameters) {
        return new FormulaLoss(signature, parameters) {
            @Override
            protected double run(KernelFrame frame, int from, int to) {
                return 0;
            }
        };
    }
}
