package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private final Dataset dataset =
            Dataset.of(Tensor.over(new float[] {0, 1, 2, 3}, 4, 1), IntTensor.vector(0, 1, 2, 3));

    @Test
    void refusesCountsThatDiffer() {
        assertThatThrownBy(() -> Dataset.of(Tensor.zeros(4, 2), IntTensor.vector(1, 2, 3)))
                .isInstanceOf(DataException.class)
                .hasMessage("There are 4 inputs (shape [4, 2]) but 3 targets (shape [3]); give one target per input.");
        assertThatThrownBy(() -> dataset.withWeights(Tensor.vector(1, 2, 3)))
                .hasMessageContaining("[3]")
                .hasMessageContaining("[4]");
        assertThatThrownBy(() -> dataset.withWeights(Tensor.zeros(4, 1))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Dataset.of(Tensor.scalar(1), Tensor.scalar(1))).hasMessageContaining("axis 0");
        assertThatThrownBy(() -> Batch.of(Tensor.zeros(2, 1), Tensor.zeros(3, 1)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void takesAndSkips() {
        Dataset weighted = dataset.withWeights(Tensor.vector(10, 11, 12, 13));
        assertThat(weighted.take(2).inputs()).isEqualTo(Tensor.over(new float[] {0, 1}, 2, 1));
        assertThat(weighted.take(2).weights()).isEqualTo(Tensor.vector(10, 11));
        assertThat(weighted.skip(3).targets()).isEqualTo(IntTensor.vector(3));
        assertThat(weighted.skip(3).weights()).isEqualTo(Tensor.vector(13));
        assertThat(weighted.take(99).size()).isEqualTo(4);
        assertThatThrownBy(() -> dataset.take(0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> dataset.skip(4)).hasMessageContaining("at most 3");
    }

    @Test
    void findsLabelsOutsideTheClasses() {
        dataset.requireClasses(4);
        assertThatThrownBy(() -> dataset.requireClasses(3))
                .hasMessage("The label of row 4 (index 3) is 3, but the 3 classes are numbered 0 to 2.");
        Dataset negative = Dataset.of(Tensor.zeros(2, 1), IntTensor.vector(1, -1));
        assertThatThrownBy(() -> negative.requireClasses(3)).hasMessageContaining("row 2 (index 1) is -1");
        assertThatThrownBy(() -> Dataset.of(Tensor.zeros(2, 1), Tensor.zeros(2)).requireClasses(3))
                .hasMessageContaining("IntTensor");
    }

    @Test
    void namedInputsAndTargetsGoThroughBatchesTogether() {
        Dataset data = Dataset.ofInputs("left", Tensor.over(new float[] {0, 1, 2, 3, 4}, 5, 1))
                .andInputs("right", Tensor.over(new float[] {0, 10, 20, 30, 40}, 5, 1))
                .andTargets("label", IntTensor.vector(0, 1, 2, 3, 4));
        Batches batches = data.skip(1).batches(3);
        batches.shuffle(1, 1);
        int seen = 0;
        for (Batch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                float left = batch.input("left").get(i, 0);
                assertThat(batch.input("right").get(i, 0)).isEqualTo(10 * left);
                assertThat(((IntTensor) batch.target("any")).get(i)).isEqualTo((int) left);
            }
            assertThat(batch.rows(0, 1).namedInputs().keySet()).containsExactly("left", "right");
            seen += batch.size();
        }
        assertThat(seen).isEqualTo(4);
        assertThatThrownBy(() -> data.andTargets("label", IntTensor.vector(0, 0, 0, 0, 0)))
                .isInstanceOf(DataException.class)
                .hasMessage("There are two targets named 'label'; rename one of them.");
        assertThatThrownBy(() -> data.andInputs("third", Tensor.zeros(4, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("4 inputs 'third' (shape [4, 1])");
        assertThatThrownBy(() -> Dataset.ofInputs(Tensor.zeros(2, 1)).targets())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no targets");
    }
}
