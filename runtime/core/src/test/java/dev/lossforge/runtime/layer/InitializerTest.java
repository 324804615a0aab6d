package dev.lossforge.runtime.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.layer.Layer.Initializer;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerTest {
    private static final Shape CONVOLUTION = Shape.of(3, 3, 32, 64);
    private static final Shape DENSE = Shape.of(300, 100);

    @ParameterizedTest
    @CsvSource({
        // By hand: fans of the convolution 288 and 576, of the dense layer 300 and 100.
        "GLOROT_UNIFORM, 0.0023148148, 0.005",
        "GLOROT_NORMAL, 0.0023148148, 0.005",
        "HE_UNIFORM, 0.0069444444, 0.0066666667",
        "HE_NORMAL, 0.0069444444, 0.0066666667",
    })
    void hasTheStatedVariance(Initializer initializer, double ofConvolution, double ofDense) {
        // With 18,432 and 30,000 draws the sample variance strays by about 1 %.
        assertThat(variance(initializer, CONVOLUTION)).isCloseTo(ofConvolution, within(0.05 * ofConvolution));
        assertThat(variance(initializer, DENSE)).isCloseTo(ofDense, within(0.05 * ofDense));
    }

    private static double variance(Initializer initializer, Shape shape) {
        double squares = 0;
        for (float value : initializer.create(shape, new SplittableRandom(1)).array()) {
            squares += (double) value * value;
        }
        return squares / shape.size();
    }

    @ParameterizedTest
    @CsvSource({"GLOROT_UNIFORM, 0.122474", "HE_UNIFORM, 0.141421", "GLOROT_NORMAL, 0.160776", "HE_NORMAL, 0.185647"})
    void fillsItsRangeAndNoMore(Initializer initializer, double limit) {
        float max = 0;
        for (float value : initializer.create(DENSE, new SplittableRandom(2)).array()) {
            max = Math.max(max, Math.abs(value));
        }
        assertThat(max).isBetween((float) (0.99 * limit), (float) (limit + 1e-6));
    }

    @ParameterizedTest
    @EnumSource(Initializer.class)
    void followsTheGenerator(Initializer initializer) {
        Tensor first = initializer.create(DENSE, new SplittableRandom(3));
        assertThat(initializer.create(DENSE, new SplittableRandom(3))).isEqualTo(first);
        if (initializer != Initializer.ZEROS && initializer != Initializer.ONES) {
            assertThat(initializer.create(DENSE, new SplittableRandom(4))).isNotEqualTo(first);
        }
    }

    @Test
    void onesAreOne() {
        assertThat(Initializer.ONES.create(Shape.of(3), new SplittableRandom(5)))
                .isEqualTo(Tensor.vector(1, 1, 1));
    }

    @Test
    void zerosAreZero() {
        assertThat(Initializer.ZEROS.create(Shape.of(64), new SplittableRandom(5)))
                .isEqualTo(Tensor.zeros(64));
    }
}
