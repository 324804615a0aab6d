package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Weights and masks stay with their samples, whatever is done to a dataset. */
class WeightingTest {
    private static final int SAMPLES = 11;

    /** Sample s has the labels 10s and 10s + 1, the weight s, the weights 10s + 1 and 10s + 2, and some masks. */
    private static Dataset tagged() {
        Tensor inputs = Tensor.zeros(SAMPLES, 1);
        int[] labels = new int[2 * SAMPLES];
        Tensor samples = Tensor.zeros(SAMPLES);
        Tensor steps = Tensor.zeros(SAMPLES, 2);
        Tensor mask = Tensor.zeros(SAMPLES);
        for (int s = 0; s < SAMPLES; s++) {
            inputs.array()[s] = s;
            samples.array()[s] = s;
            mask.array()[s] = s == 3 ? 0 : 1;
            for (int step = 0; step < 2; step++) {
                labels[2 * s + step] = 10 * s + step;
                steps.array()[2 * s + step] = 10 * s + step + 1;
            }
        }
        return Dataset.of(inputs, IntTensor.over(labels, SAMPLES, 2))
                .withWeights(samples)
                .withWeights("target", steps)
                .withMask(mask)
                .ignoring(70)
                .ignoring(81);
    }

    /** Checks that a batch holds of each of its samples what the sample has, and notes its samples. */
    private static void check(Batch batch, List<Integer> seen) {
        Tensor weights = batch.weights();
        Tensor mask = batch.mask();
        for (int row = 0; row < batch.size(); row++) {
            int s = (int) batch.inputs().get(row, 0);
            for (int step = 0; step < 2; step++) {
                int label = ((IntTensor) batch.targets()).get(row, step);
                assertThat(label).isEqualTo(10 * s + step);
                assertThat(weights.get(row, step)).isEqualTo(s * (label + 1f));
                assertThat(mask.get(row, step)).isEqualTo(s == 3 || label == 70 || label == 81 ? 0 : 1);
                assertThat(batch.effectiveWeights(null).get(row, step))
                        .isEqualTo(weights.get(row, step) * mask.get(row, step));
            }
            seen.add(s);
        }
    }

    private static void check(Dataset dataset, Integer... samples) {
        List<Integer> seen = new ArrayList<>();
        check(dataset.beginning(), seen);
        assertThat(seen).containsExactly(samples);
    }

    @Test
    void partsOfADatasetKeepThem() {
        check(tagged().take(4), 0, 1, 2, 3);
        check(tagged().skip(6), 6, 7, 8, 9, 10);
        List<Integer> seen = new ArrayList<>();
        Dataset.Split split = tagged().split(0.3, 1);
        check(split.training().beginning(), seen);
        check(split.validation().beginning(), seen);
        assertThat(seen).hasSize(SAMPLES).doesNotHaveDuplicates();
        for (Dataset.Split fold : tagged().folds(4, 2)) {
            check(fold.training().beginning(), new ArrayList<>());
            check(fold.validation().beginning(), new ArrayList<>());
        }
    }

    @Test
    void shuffledBatchesKeepThem() {
        for (boolean droppingLast : new boolean[] {true, false}) {
            Batches batches = tagged().batches(4, droppingLast);
            for (int epoch = 1; epoch < 4; epoch++) {
                batches.shuffle(5, epoch);
                List<Integer> seen = new ArrayList<>();
                batches.forEach(batch -> check(batch, seen));
                assertThat(seen).hasSize(droppingLast ? 8 : SAMPLES).doesNotHaveDuplicates();
            }
        }
    }

    private static Iterator<Dataset> parts(int each) {
        return IntStream.iterate(0, from -> from < SAMPLES, from -> from + each)
                .mapToObj(from -> tagged().skip(from).take(each))
                .iterator();
    }

    @Test
    void streamsKeepThem() {
        Dataset stream = Dataset.streamed(SAMPLES, 5, () -> parts(2));
        try (Batches batches = stream.batches(4)) {
            batches.shuffle(7, 1);
            List<Integer> seen = new ArrayList<>();
            batches.forEach(batch -> check(batch, seen));
            assertThat(seen).hasSize(SAMPLES).doesNotHaveDuplicates();
            batches.shuffle(7, 1);
            List<Integer> rest = new ArrayList<>();
            batches.after(2).forEachRemaining(batch -> check(batch, rest));
            assertThat(rest).isEqualTo(seen.subList(8, SAMPLES));
        }
        assertThatThrownBy(() -> stream.ignoring(255))
                .hasMessage("A stream of samples is not in memory, so it has no ignoring; use its parts.");
        Dataset changing = Dataset.streamed(
                SAMPLES,
                5,
                () -> List.of(
                                tagged().take(5),
                                Dataset.of(tagged().inputs(), tagged().targets())
                                        .skip(5))
                        .iterator());
        assertThatThrownBy(() -> changing.batches(4).forEach(batch -> {}))
                .hasMessageContaining("with weights and masks")
                .hasMessageContaining("without weights;");
    }

    @Test
    void theChecksumTellsThemApart() {
        Dataset plain = Dataset.of(Tensor.zeros(2, 1), IntTensor.vector(0, 1));
        Tensor half = Tensor.vector(0, 1);
        assertThat(List.of(
                        plain.checksum(),
                        plain.withWeights(half).checksum(),
                        plain.withWeights("target", half).checksum(),
                        plain.withMask(half).checksum(),
                        plain.withMask("target", half).checksum()))
                .doesNotHaveDuplicates();
        assertThat(plain.ignoring(0).checksum())
                .isEqualTo(plain.withMask("target", half).checksum());
    }

    @Test
    void eachTargetHasItsOwnAndThoseOfAll() {
        Dataset data = Dataset.ofInputs(Tensor.zeros(2, 1))
                .withWeights(Tensor.vector(2, 3))
                .andTargets("tags", IntTensor.over(new int[] {255, 1, 2, 3}, 2, 2))
                .andTargets("length", Tensor.vector(5, 6))
                .withMask("length", Tensor.vector(0, 1))
                .ignoring("tags", 255)
                .withWeights("tags", Tensor.over(new float[] {1, 10, 100, 1000}, 2, 2));
        Batch all = data.beginning();
        assertThat(all.weights("tags")).isEqualTo(Tensor.over(new float[] {2, 20, 300, 3000}, 2, 2));
        assertThat(all.effectiveWeights("tags")).isEqualTo(Tensor.over(new float[] {0, 20, 300, 3000}, 2, 2));
        assertThat(all.weights("length")).isEqualTo(Tensor.vector(2, 3));
        assertThat(all.mask("length")).isEqualTo(Tensor.vector(0, 1));
        assertThatThrownBy(() -> data.ignoring(255))
                .hasMessage("The data has the targets tags, length; say which: ignoring(TARGET, …).");
        assertThatThrownBy(() -> data.ignoring("length", 255)).hasMessageContaining("Class indices are ints");
        assertThatThrownBy(() -> data.withMask("words", Tensor.vector(0, 1)))
                .hasMessage("There is no target 'words'; there is tags, length.");
        assertThatThrownBy(() -> data.withMask(Tensor.zeros(2, 2)))
                .hasMessage("The masks have the shape [2, 2], but the targets 'length' have [2]; give one value per"
                        + " sample, shape [2], or go on with the targets' axes, or say which target they belong to.");
    }

    /** PyTorch's weight of cross_entropy: a weight for each label, none for those that are ignored. */
    @Test
    void classesWeighLabels() {
        Dataset pixels = Dataset.of(Tensor.zeros(2, 1), IntTensor.over(new int[] {0, 255, 1, 1, 0, 1}, 2, 3))
                .ignoring(255);
        assertThat(pixels.withClassWeights(2, 5).weights())
                .isEqualTo(Tensor.over(new float[] {2, 0, 5, 5, 2, 5}, 2, 3));
        // Five labels count, two of class 0: 5 / (2·2), and three of class 1: 5 / (2·3).
        assertThat(pixels.withBalancedClasses(2).weights())
                .isEqualTo(Tensor.over(new float[] {1.25f, 0, 5f / 6, 5f / 6, 1.25f, 5f / 6}, 2, 3));
        assertThat(pixels.withWeights("target", Tensor.vector(1, 3))
                        .withClassWeights(2, 5)
                        .weights())
                .isEqualTo(Tensor.over(new float[] {2, 0, 5, 15, 6, 15}, 2, 3));
        pixels.requireClasses(2);
    }

    @Test
    void whatIsWrongIsNamedAsTheUserCounts() {
        Dataset pixels = Dataset.of(Tensor.zeros(2, 1), IntTensor.over(new int[] {0, 255, 1, 1, 0, 1}, 2, 3));
        assertThatThrownBy(() -> pixels.requireClasses(2))
                .hasMessage("The label of row 1 (index 0) at [1] is 255, but the 2 classes are numbered 0 to 1.");
        Tensor weights = Tensor.zeros(2, 3);
        weights.array()[5] = -1;
        assertThatThrownBy(() -> pixels.withWeights(weights))
                .isInstanceOf(DataException.class)
                .hasMessage("The weight of row 2 (index 1) at [2] is -1.0; a weight is a finite number of at least 0.");
        assertThatThrownBy(() -> pixels.withWeights(Tensor.vector(1, Float.NaN)))
                .hasMessage("The weight of row 2 (index 1) is NaN; a weight is a finite number of at least 0.");
        assertThatThrownBy(() -> pixels.withMask(Tensor.vector(Float.NaN, 1)))
                .hasMessage("The mask of row 1 (index 0) is NaN; a mask is 0 where something is left out, and 1"
                        + " elsewhere.");
        assertThatThrownBy(() -> pixels.withMask(Tensor.zeros(2, 2)))
                .hasMessage("The masks have the shape [2, 2], but the targets have [2, 3]; give one value per sample,"
                        + " shape [2], or go on with the targets' axes.");
        assertThatThrownBy(() -> pixels.withMask(Tensor.zeros(3)))
                .hasMessage("The masks have the shape [3], but 2 inputs need shape [2], or more axes after it.");
    }
}
