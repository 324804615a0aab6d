package dev.lossforge.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntTensorTest {
    private final IntTensor labels = IntTensor.vector(7, 2, 1, 0);

    @Test
    void copiesRows() {
        assertThat(labels.rows(1, 3)).isEqualTo(IntTensor.vector(2, 1));
        assertThat(labels.get(3)).isZero();
        assertThat(labels.reshape(2, 2).get(1, 0)).isEqualTo(1);
        assertThatThrownBy(() -> labels.get(4)).isInstanceOf(ShapeException.class);
    }

    @Test
    void gathersRowsInTheGivenOrder() {
        IntTensor target = IntTensor.zeros(Shape.of(3));
        labels.gatherRows(new int[] {3, 0, 1}, 0, target);
        assertThat(target).isEqualTo(IntTensor.vector(0, 7, 2)).hasToString("IntTensor[3] {0, 7, 2}");
        assertThatThrownBy(() -> labels.gatherRows(new int[] {0}, 0, Tensor.zeros(1)))
                .hasMessage("Ints of shape [4] cannot be copied into floats.");
    }
}
