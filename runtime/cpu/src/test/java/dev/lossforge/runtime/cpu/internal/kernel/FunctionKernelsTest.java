package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of many values, against those of {@link Math} in double. */
class FunctionKernelsTest {
    private static final int MOST_ULPS = 4;

    /** Half of them near 0, where sums would cancel. */
    private static float[] inputs() {
        SplittableRandom random = new SplittableRandom(3);
        float[] inputs = new float[100_003];
        for (int i = 0; i < inputs.length; i++) {
            double size = Math.exp(random.nextDouble(-20, i % 2 == 0 ? 0 : 4.4));
            inputs[i] = (float) (random.nextBoolean() ? size : -size);
        }
        return inputs;
    }

    private static List<Kernels> kernels() {
        return AllKernels.all();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sigmoid(Kernels kernels) {
        float[] values = inputs();
        kernels.sigmoid(values, 0, values.length);
        compare(values, x -> 1 / (1 + Math.exp(-x)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void tanh(Kernels kernels) {
        float[] values = inputs();
        kernels.tanh(values, 0, values.length);
        compare(values, Math::tanh);
    }

    private static void compare(float[] actual, DoubleUnaryOperator function) {
        float[] inputs = inputs();
        for (int i = 0; i < actual.length; i++) {
            double expected = function.applyAsDouble(inputs[i]);
            assertThat((double) actual[i])
                    .as("%s", inputs[i])
                    .isCloseTo(expected, within((double) MOST_ULPS * Math.ulp((float) expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theEndsAreExact(Kernels kernels) {
        float[] sigmoid = {Float.NEGATIVE_INFINITY, -1000, 0, 1000, Float.POSITIVE_INFINITY};
        float[] tanh = sigmoid.clone();
        kernels.sigmoid(sigmoid, 0, 5);
        kernels.tanh(tanh, 0, 5);
        assertThat(sigmoid).containsExactly(0, 0, 0.5f, 1, 1);
        assertThat(tanh).containsExactly(-1, -1, 0, 1, 1);
    }

    /** Wherever a value lies among the others, it has the same bits, and those around the range stay. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aValueAloneHasTheSameBits(Kernels kernels) {
        float[] inputs = inputs();
        float[] together = inputs();
        kernels.sigmoid(together, 0, 100);
        kernels.tanh(together, 100, 201);
        for (int i = 0; i < 201; i++) {
            float[] alone = {7, inputs[i], 7};
            if (i < 100) {
                kernels.sigmoid(alone, 1, 2);
            } else {
                kernels.tanh(alone, 1, 2);
            }
            assertThat(alone).containsExactly(7, together[i], 7);
        }
        assertThat(together[201]).isEqualTo(inputs[201]);
    }
}
