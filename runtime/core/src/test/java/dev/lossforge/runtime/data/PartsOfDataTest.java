package dev.lossforge.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsOfDataTest {
    private static Dataset counting(int samples) {
        return Dataset.of(
                Tensor.zeros(samples, 1),
                IntTensor.vector(IntStream.range(0, samples).toArray()));
    }

    private static List<Integer> labels(Dataset data) {
        return IntStream.of(((IntTensor) data.targets()).array()).boxed().toList();
    }

    @Test
    void aSplitPutsEachSampleIntoOnePart() {
        Dataset.Split split = counting(10).split(0.25, 1);
        assertThat(split.validation().size()).isEqualTo(3);
        List<Integer> all = new ArrayList<>(labels(split.training()));
        all.addAll(labels(split.validation()));
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(labels(split.training())).isSorted();
        assertThat(labels(counting(10).split(0.25, 1).validation())).isEqualTo(labels(split.validation()));
        assertThat(labels(counting(1000).split(0.5, 2).validation()))
                .isNotEqualTo(labels(counting(1000).split(0.5, 3).validation()));
        assertThatThrownBy(() -> counting(10).split(1, 1)).isInstanceOf(DataException.class);
        assertThat(counting(2).split(0.01, 1).validation().size()).isEqualTo(1);
    }

    @Test
    void eachSampleIsHeldOutInOneFold() {
        List<Dataset.Split> folds = counting(11).folds(3, 5);
        assertThat(folds.stream().map(fold -> fold.validation().size())).containsExactlyInAnyOrder(3, 4, 4);
        List<Integer> held = new ArrayList<>();
        for (Dataset.Split fold : folds) {
            held.addAll(labels(fold.validation()));
            assertThat(labels(fold.training())).doesNotContainAnyElementsOf(labels(fold.validation()));
            assertThat(fold.training().size() + fold.validation().size()).isEqualTo(11);
        }
        assertThat(held).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThatThrownBy(() -> counting(3).folds(4, 1)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> counting(3).folds(1, 1)).isInstanceOf(DataException.class);
    }

    @Test
    void balancedClassesWeighAlike() {
        Dataset data = Dataset.of(Tensor.zeros(4, 1), IntTensor.vector(0, 0, 0, 1));
        assertThat(data.withBalancedClasses(2).weights()).isEqualTo(Tensor.vector(4f / 6, 4f / 6, 4f / 6, 2));
        Dataset weighted = data.withWeights(Tensor.vector(1, 2, 3, 4)).withClassWeights(10, 1);
        assertThat(weighted.weights()).isEqualTo(Tensor.vector(10, 20, 30, 4));
        assertThatThrownBy(() -> data.withBalancedClasses(3)).hasMessageContaining("class 2 has no samples");
        assertThatThrownBy(() -> data.withClassWeights(1)).hasMessageContaining("row 4 (index 3) is 1");
    }

    @Test
    void weightsAreFiniteAndNotNegative() {
        Dataset data = counting(3);
        for (float wrong : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> data.withWeights(Tensor.vector(1, 0, wrong)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("The weight of row 3 (index 2) is " + wrong);
        }
    }
}
