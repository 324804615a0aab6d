package dev.lossforge.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
    private final Tensor counting = Tensor.over(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);

    @Test
    void liesOverTheArrayItIsGiven() {
        float[] values = {1, 2};
        Tensor tensor = Tensor.over(values, 2);
        values[1] = 9;
        assertThat(tensor.get(1)).isEqualTo(9f);
        assertThat(tensor.array()).isSameAs(values);
        assertThat(tensor.reshape(1, 2).array()).isSameAs(values);
    }

    @Test
    void copiesTheValuesOfVectorsAndMatrices() {
        float[] row = {1, 2};
        Tensor vector = Tensor.vector(row);
        Tensor matrix = Tensor.matrix(row, new float[] {3, 4});
        row[0] = 9;
        assertThat(vector).isEqualTo(Tensor.over(new float[] {1, 2}, 2));
        assertThat(matrix).isEqualTo(Tensor.over(new float[] {1, 2, 3, 4}, 2, 2));
    }

    @Test
    void refusesWhatDoesNotFillTheShape() {
        assertThatThrownBy(() -> Tensor.over(new float[5], 2, 3))
                .hasMessage("An array of 5 values does not fill the shape [2, 3], which has 6 elements.");
        assertThatThrownBy(() -> counting.reshape(4, 2))
                .hasMessageContaining("[3, 2]")
                .hasMessageContaining("[4, 2]");
        assertThatThrownBy(() -> Tensor.matrix(new float[] {1}, new float[] {1, 2}))
                .hasMessageContaining("Row 1");
        assertThatThrownBy(() -> counting.get(0, 2)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(counting::item).hasMessageContaining("[3, 2]");
    }

    @Test
    void isEqualByBits() {
        assertThat(Tensor.vector(Float.NaN)).isEqualTo(Tensor.vector(Float.NaN));
        assertThat(Tensor.vector(0f)).isNotEqualTo(Tensor.vector(-0f));
        assertThat(Tensor.vector(1, 2)).isNotEqualTo(Tensor.vector(1, 2).reshape(1, 2));
        assertThat(Tensor.vector(1, 2)).hasSameHashCodeAs(Tensor.vector(1, 2));
    }

    @Test
    void copiesRows() {
        assertThat(counting.row(1)).isEqualTo(Tensor.vector(2, 3));
        Tensor rows = counting.rows(1, 3);
        assertThat(rows).isEqualTo(Tensor.over(new float[] {2, 3, 4, 5}, 2, 2));
        rows.array()[0] = 9;
        assertThat(counting.get(1, 0)).isEqualTo(2f);
        assertThatThrownBy(() -> counting.rows(2, 4))
                .hasMessageContaining("2 to 4")
                .hasMessageContaining("[3, 2]");
        assertThatThrownBy(() -> counting.rows(1, 1)).isInstanceOf(ShapeException.class);
    }

    @Test
    void gathersRowsInTheGivenOrder() {
        Tensor target = Tensor.zeros(2, 2);
        counting.gatherRows(new int[] {1, 2, 0}, 1, target);
        assertThat(target).isEqualTo(Tensor.over(new float[] {4, 5, 0, 1}, 2, 2));
        assertThatThrownBy(() -> counting.gatherRows(new int[] {0}, 0, Tensor.zeros(1, 3)))
                .hasMessageContaining("[3, 2]")
                .hasMessageContaining("[1, 3]");
        assertThatThrownBy(() -> counting.gatherRows(new int[] {0}, 0, IntTensor.zeros(Shape.of(1, 2))))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void findsTheFirstGreatestValueOfEachRow() {
        Tensor outputs = Tensor.matrix(
                new float[] {1, 3, 3}, new float[] {-5, -7, -6}, new float[] {1, Float.NaN, 9}, new float[] {0, 1, 2});
        assertThat(outputs.argMax()).isEqualTo(IntTensor.vector(1, 0, -1, 2));
    }

    @Test
    void copiesFromTensorsOfTheSameShapeOnly() {
        Tensor target = Tensor.zeros(3, 2);
        target.copyFrom(counting);
        assertThat(target).isEqualTo(counting);
        assertThatThrownBy(() -> target.copyFrom(Tensor.zeros(2, 3)))
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[3, 2]");
    }

    @Test
    void showsTheFirstValues() {
        assertThat(Tensor.vector(1, 2)).hasToString("Tensor[2] {1.0, 2.0}");
        assertThat(Tensor.zeros(1000).toString()).hasSizeLessThan(80).endsWith("0.0, …}");
    }
}
