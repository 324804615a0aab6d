package dev.lossforge.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void sizeIsTheProductOfTheExtents() {
        assertThat(Shape.of(32, 28, 28, 1).size()).isEqualTo(25_088);
        assertThat(Shape.scalar().size()).isEqualTo(1);
        assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesMoreElementsThanAnArrayHolds() {
        assertThatThrownBy(() -> Shape.of(65_536, 32_768))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[65536, 32768]")
                .hasMessageContaining("2147483647");
        // The product of these wraps around to 0 in 64 bits if it is not checked on the way.
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30)).isInstanceOf(ShapeException.class);
    }

    @Test
    void refusesExtentsBelowOne() {
        assertThatThrownBy(() -> Shape.of(3, 0, 2))
                .hasMessage("The shape [3, 0, 2] has the extent 0, but an extent is" + " at least 1.");
        assertThatThrownBy(() -> Shape.of(-4)).isInstanceOf(ShapeException.class);
    }

    @Test
    void isIndependentOfTheArrayItWasMadeOf() {
        int[] extents = {2, 3};
        Shape shape = Shape.of(extents);
        extents[0] = 7;
        shape.toArray()[1] = 9;
        assertThat(shape)
                .isEqualTo(Shape.of(2, 3))
                .hasSameHashCodeAs(Shape.of(2, 3))
                .hasToString("[2, 3]");
        assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(6));
    }

    @Test
    void movesBetweenBatchAndSample() {
        Shape image = Shape.of(28, 28, 1);
        assertThat(image.batchOf(32)).isEqualTo(Shape.of(32, 28, 28, 1));
        assertThat(image.batchOf(32).sample()).isEqualTo(image);
        assertThat(image.batchOf(32).withSamples(5)).isEqualTo(Shape.of(5, 28, 28, 1));
        assertThat(Shape.of(4, 10).withoutLast()).isEqualTo(Shape.of(4));
        assertThat(Shape.of(4).sample()).isEqualTo(Shape.scalar());
        assertThatThrownBy(() -> Shape.scalar().sample()).isInstanceOf(ShapeException.class);
    }

    @Test
    void namesTheIndexAndTheShapeThatDoNotFit() {
        Shape shape = Shape.of(2, 3);
        assertThatThrownBy(() -> shape.offset(1, 3)).hasMessage("The index [1, 3] lies outside the shape [2, 3].");
        assertThatThrownBy(() -> shape.offset(-1, 0)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> shape.offset(1))
                .hasMessageContaining("1 positions")
                .hasMessageContaining("2 axes");
        assertThatThrownBy(() -> shape.extent(2)).hasMessage("The shape [2, 3] has no axis 2.");
    }

    @Test
    void offsetsCountUpInRowMajorOrder() {
        for (int a = 1; a <= 4; a++) {
            for (int b = 1; b <= 4; b++) {
                for (int c = 1; c <= 4; c++) {
                    checkOffsets(a, b, c);
                }
            }
        }
    }

    private static void checkOffsets(int a, int b, int c) {
        Shape shape = Shape.of(a, b, c);
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int k = 0; k < c; k++) {
                    offsets.add(shape.offset(i, j, k));
                }
            }
        }
        assertThat(offsets)
                .hasSize(shape.size())
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(0)
                .endsWith(a * b * c - 1);
    }
}
