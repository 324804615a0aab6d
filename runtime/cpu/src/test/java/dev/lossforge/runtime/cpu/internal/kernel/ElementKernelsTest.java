package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementKernelsTest {
    private static final float[] EDGES = {
        -0f, 0, -1, 1, Float.NaN, Float.MIN_VALUE, -Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };

    private static List<Kernels> kernels() {
        return AllKernels.all();
    }

    /** In vectors and behind the last one alike. */
    private static float[] edges() {
        float[] values = new float[5 * EDGES.length + 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = EDGES[i % EDGES.length];
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aRectifierLeavesNoNegativeValueAndNoNegativeZero(Kernels kernels) {
        float[] source = edges();
        float[] target = new float[source.length + 4];
        kernels.rectify(source, 1, target, 3, source.length - 1);
        for (int i = 1; i < source.length; i++) {
            float expected = source[i] <= 0 ? 0 : source[i];
            assertThat(Float.floatToIntBits(target[i + 2])).isEqualTo(Float.floatToIntBits(expected));
        }
        assertThat(target).startsWith(0, 0, 0).endsWith(0, 0);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aGradientPassesWhereTheResultIsNotZero(Kernels kernels) {
        float[] results = edges();
        float[] gradients = RandomFloats.of(results.length, new SplittableRandom(1));
        gradients[0] = Float.NaN;
        float[] target = new float[results.length + 4];
        kernels.rectifyBack(gradients, results, 0, target, 3, results.length);
        for (int i = 0; i < results.length; i++) {
            assertThat(target[i + 3]).isEqualTo(results[i] == 0 ? 0 : gradients[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sumsPerChannelHaveTheBitsOfAPlainLoop(Kernels kernels) {
        SplittableRandom random = new SplittableRandom(2);
        for (int channels = 1; channels <= 37; channels++) {
            int rows = 1 + channels % 5;
            float[] values = RandomFloats.of(3 + rows * channels, random);
            float[] gradients = RandomFloats.of(4 + rows * channels, random);
            double[] means = random.doubles(channels, -1, 1).toArray();
            double[] moments = random.doubles(2 + 2 * channels).toArray();
            double[] products = moments.clone();
            double[] expectedMoments = moments.clone();
            double[] expectedProducts = moments.clone();
            for (int i = 0; i < rows * channels; i++) {
                int c = i % channels;
                double value = values[3 + i];
                expectedMoments[2 + c] += value;
                expectedMoments[2 + channels + c] += value * value;
                expectedProducts[2 + c] += gradients[4 + i];
                expectedProducts[2 + channels + c] += gradients[4 + i] * (value - means[c]);
            }
            kernels.addMoments(values, 3, rows, channels, moments, 2);
            kernels.addProducts(gradients, 4, values, 3, rows, channels, means, products, 2);
            assertThat(moments).containsExactly(expectedMoments);
            assertThat(products).containsExactly(expectedProducts);
        }
    }
}
