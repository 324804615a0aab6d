package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Values and gradients by PyTorch 2 in double precision: of its {@code ctc_loss}, and of the definitions of the others,
 * sums over all paths, alignments and tags. The inputs are {@code sin(1.7 i + 0.3)} for i from some number on.
 */
class SequenceLossesTest {

    @Test
    void discountedReturn() {
        LossResult result = result(new DiscountedReturnLoss(0.9f), LossInputs.of(row(0, 5), row(10, 5)));
        assertThat(result.value()).isCloseTo(-0.02209716844653604, within(2e-6));
        assertEntries(result.gradient(), 0.187913404, -0.013379431, 0.018440012, 0.234078398, 0.171741402);
    }

    @Test
    void vTrace() {
        LossResult result = result(
                new VTraceLoss(0.9f, 1, 0.8f, 0.5f, 1),
                LossInputs.of(row(0, 5), row(5, 5), row(10, 5), row(20, 5), Tensor.vector(0.7f)));
        assertThat(result.value()).isCloseTo(0.22991684209380633, within(2e-6));
        assertEntries(
                result.gradients().get("logProbability"),
                0.260174839,
                0.027973624,
                -0.065471402,
                -0.048894924,
                -0.053169338);
        assertEntries(
                result.gradients().get("value"), 0.126509157, 0.019879238, -0.032735701, -0.024447462, -0.026584669);
    }

    @Test
    void hiddenMarkov() {
        LossResult result = result(
                new HiddenMarkovLoss(sines(20, 9), sines(40, 3)), LossInputs.of(matrix(0, 5, 3), IntTensor.vector(5)));
        assertThat(result.value()).isCloseTo(-0.6809828815423427, within(2e-6));
        assertEntries(
                result.gradient(),
                -0.106535188,
                -0.713981146,
                -0.179483666,
                -0.391503433,
                -0.393887515,
                -0.214609052,
                -0.296834457,
                -0.22017999,
                -0.482985553,
                -0.591781468,
                -0.193487335,
                -0.214731197,
                -0.823298322,
                -0.102942839,
                -0.073758839);
        assertEntries(
                result.parameterGradients().get("transition"),
                -0.082028708,
                0.080835637,
                0.001193071,
                0.201330602,
                -0.067743848,
                -0.133586754,
                -0.078762171,
                0.130693978,
                -0.051931808);
        assertEntries(result.parameterGradients().get("initial"), 0.004567427, -0.215235207, 0.21066778);
    }

    @Test
    void conditionalRandomField() {
        LossResult result = result(
                new ConditionalRandomFieldLoss(sines(20, 9)),
                LossInputs.of(matrix(0, 5, 3), labels(0, 2, 2, 1, 0), IntTensor.vector(5)));
        assertThat(result.value()).isCloseTo(3.8456673901628395, within(2e-6));
        assertEntries(
                result.gradient(),
                -0.729127547,
                0.527629545,
                0.201498001,
                0.290912281,
                0.386641658,
                -0.67755394,
                0.229596921,
                0.252678065,
                -0.482274986,
                0.498799663,
                -0.759318403,
                0.26051874,
                -0.178438404,
                0.111792862,
                0.066645542);
        assertEntries(
                result.parameterGradients().get("transition"),
                0.60360347,
                0.122483909,
                -0.435906061,
                -0.253954898,
                0.33176194,
                0.329823824,
                0.491221889,
                -0.462451666,
                -0.726582406);
    }

    @Test
    void softDynamicTimeWarping() {
        LossResult result = result(new SoftDynamicTimeWarpingLoss(0.5f), LossInputs.of(row(0, 4), row(10, 4)));
        assertThat(result.value()).isCloseTo(1.4622866816530693, within(2e-6));
        assertEntries(result.gradient(), 2.564735487, 0.483317952, -0.359741827, -0.751864894);
    }

    @Test
    void ctcOfRepeatedLabels() {
        LossResult result = result(
                new ConnectionistTemporalClassificationLoss(0), ctcInputs(6, 4, new int[] {1, 1, 2, -1, -1, -1}, 3));
        assertThat(result.value()).isCloseTo(4.6346015564431555, within(2e-6));
        assertEntries(
                result.gradient(),
                0.127289748,
                -0.342682594,
                0.120713727,
                0.094679118,
                -0.211664691,
                -0.011922197,
                0.083288214,
                0.140298674,
                -0.075494328,
                -0.213847203,
                0.069601891,
                0.21973964,
                -0.016331245,
                -0.346701166,
                0.02951056,
                0.333521851,
                -0.059449741,
                -0.214440333,
                -0.177175596,
                0.451065671,
                0.049327078,
                0.069236122,
                -0.621694689,
                0.503131489);
    }

    @Test
    void ctcOfAnotherBlank() {
        LossResult result = result(
                new ConnectionistTemporalClassificationLoss(2), ctcInputs(5, 4, new int[] {3, 0, -1, -1, -1}, 2));
        assertThat(result.value()).isCloseTo(4.353365129511774, within(2e-6));
        assertEntries(
                result.gradient(),
                0.275552504,
                0.50905465,
                -0.228183564,
                -0.556423591,
                0.064624418,
                0.360293871,
                -0.06688061,
                -0.358037679,
                -0.187991131,
                0.210675669,
                0.010292794,
                -0.032977332,
                -0.390077576,
                0.120701152,
                0.024864485,
                0.244511939,
                -0.41357747,
                0.080353965,
                -0.117842166,
                0.451065671);
    }

    @Test
    void ctcOfTheOnlyAlignment() {
        LossResult result =
                result(new ConnectionistTemporalClassificationLoss(0), ctcInputs(4, 4, new int[] {1, 1, 2, -1}, 3));
        assertThat(result.value()).isCloseTo(5.6850077038676545, within(2e-6));
        assertEntries(
                result.gradient(),
                0.275552504,
                -0.49094535,
                0.120713727,
                0.094679118,
                -0.583880759,
                0.360293871,
                0.083288214,
                0.140298674,
                0.499982801,
                -0.789324331,
                0.069601891,
                0.21973964,
                0.469668011,
                0.120701152,
                -0.923891014,
                0.333521851);
    }

    @Test
    void ctcOfNoLabels() {
        LossResult result =
                result(new ConnectionistTemporalClassificationLoss(0), ctcInputs(4, 4, new int[] {-1, -1, -1, -1}, 0));
        assertThat(result.value()).isCloseTo(3.614671287503938, within(2e-6));
        assertEntries(
                result.gradient(),
                -0.724447496,
                0.50905465,
                0.120713727,
                0.094679118,
                -0.583880759,
                0.360293871,
                0.083288214,
                0.140298674,
                -0.500017199,
                0.210675669,
                0.069601891,
                0.21973964,
                -0.530331989,
                0.120701152,
                0.076108986,
                0.333521851);
    }

    @Test
    void ctcOfOneFrame() {
        LossResult result = result(new ConnectionistTemporalClassificationLoss(0), ctcInputs(1, 3, new int[] {2}, 1));
        assertThat(result.value()).isCloseTo(2.0148675927188258, within(2e-6));
        assertEntries(result.gradient(), 0.304369986, 0.562291957, -0.866661943);
    }

    @Test
    void ctcOfTooFewFrames() {
        LossInputs inputs = ctcInputs(3, 4, new int[] {1, 1, 2}, 3);
        assertThat(result(new ConnectionistTemporalClassificationLoss(), inputs).value())
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** Each sample is what it is alone, whatever stands in the padding. */
    @Test
    void ctcOfUnequalLengths() {
        int frames = 6;
        int classes = 4;
        float[] logits = new float[3 * frames * classes];
        Arrays.fill(logits, Float.NaN);
        int[] lengths = {6, 4, 1};
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(sines(0, lengths[i] * classes), 0, logits, i * frames * classes, lengths[i] * classes);
        }
        LossInputs inputs = LossInputs.of(
                Tensor.over(logits, 3, frames, classes),
                IntTensor.over(new int[] {1, 1, 2, 1, 1, 2, 3, -1, -1}, 3, 3),
                IntTensor.vector(lengths),
                IntTensor.vector(3, 3, 1));
        LossFunction loss = new ConnectionistTemporalClassificationLoss(0);
        LossResult all = loss.valueAndGradients(inputs, Reduction.NONE);
        int[][] labels = {{1, 1, 2}, {1, 1, 2}, {3}};
        for (int i = 0; i < lengths.length; i++) {
            LossResult alone = result(loss, ctcInputs(lengths[i], classes, labels[i], labels[i].length));
            assertThat((double) all.values().array()[i]).isCloseTo(alone.value(), within(1e-6));
            float[] expected = Arrays.copyOf(alone.gradient().array(), frames * classes);
            float[] actual =
                    Arrays.copyOfRange(all.gradient().array(), i * frames * classes, (i + 1) * frames * classes);
            assertThat(actual).containsExactly(expected, within(1e-6f));
        }
    }

    private static float[] sines(int from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(1.7 * (from + i) + 0.3);
        }
        return values;
    }

    private static Tensor row(int from, int count) {
        return Tensor.over(sines(from, count), 1, count);
    }

    private static Tensor matrix(int from, int rows, int columns) {
        return Tensor.over(sines(from, rows * columns), 1, rows, columns);
    }

    private static IntTensor labels(int... labels) {
        return IntTensor.over(labels, 1, labels.length);
    }

    private static LossInputs ctcInputs(int frames, int classes, int[] labels, int count) {
        return LossInputs.of(
                matrix(0, frames, classes), labels(labels), IntTensor.vector(frames), IntTensor.vector(count));
    }

    private static LossResult result(LossFunction loss, LossInputs inputs) {
        return loss.valueAndGradients(inputs, Reduction.SUM);
    }

    private static void assertEntries(Tensor actual, double... expected) {
        assertThat(actual.size()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.array()[i]).as("entry " + i).isCloseTo(expected[i], within(2e-6));
        }
    }
}
