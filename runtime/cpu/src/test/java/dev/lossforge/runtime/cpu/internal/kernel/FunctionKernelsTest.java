package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of many values, against those of {@link Math} in double. */
class FunctionKernelsTest {
    private static final int MAX_ULPS = 4;

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
                    .isCloseTo(expected, within((double) MAX_ULPS * Math.ulp((float) expected)));
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

    /**
     * {@code Φ(x)}, with a small relative error in both tails: a series in the middle, a continued fraction outside.
     */
    private static double normalCdf(double x) {
        if (x < -3) {
            double fraction = -x;
            for (int k = 200; k > 0; k--) {
                fraction = -x + k / fraction;
            }
            return density(x) / fraction;
        }
        if (x > 3) {
            return 1 - normalCdf(-x);
        }
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-18; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + sum * density(x);
    }

    private static double density(double x) {
        return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    private static double value(ElementFunction function, double x) {
        return switch (function) {
            case GELU -> x * normalCdf(x);
            case LEAKY_RELU -> x > 0 ? x : ElementFunction.LEAK * x;
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        };
    }

    private static double slope(ElementFunction function, double x) {
        return switch (function) {
            case GELU -> normalCdf(x) + x * density(x);
            case LEAKY_RELU -> x > 0 ? 1 : ElementFunction.LEAK;
            case SOFTPLUS -> 1 / (1 + Math.exp(-x));
        };
    }

    @ParameterizedTest
    @EnumSource
    void functionsAndTheirSlopes(ElementFunction function) {
        float[] inputs = inputs();
        float[] twos = new float[inputs.length];
        Arrays.fill(twos, 2);
        float[] values = new float[inputs.length];
        float[] slopes = new float[inputs.length];
        for (Kernels kernels : AllKernels.all()) {
            kernels.apply(function, inputs, 0, values, 0, inputs.length);
            kernels.multiplySlopes(function, inputs, 0, twos, 0, slopes, 0, inputs.length);
            for (int i = 0; i < inputs.length; i++) {
                double x = inputs[i];
                assertThat((double) values[i])
                        .as("%s", x)
                        .isCloseTo(value(function, x), within(error(value(function, x), x)));
                assertThat((double) slopes[i])
                        .as("%s", x)
                        .isCloseTo(2 * slope(function, x), within(2 * error(termsOfSlope(function, x), x)));
            }
        }
    }

    /** The slope of GELU is a sum, whose terms cancel where it changes its sign. */
    private static double termsOfSlope(ElementFunction function, double x) {
        return function == ElementFunction.GELU ? normalCdf(x) + Math.abs(x) * density(x) : slope(function, x);
    }

    /** A density that is less than the least normal float may be lost, and {@code x} times that of a product. */
    private static double error(double size, double x) {
        return (double) MAX_ULPS * Math.ulp((float) size) + (1 + Math.abs(x)) * Float.MIN_NORMAL;
    }

    @ParameterizedTest
    @EnumSource
    void theEndsOfFunctionsAreExactAndNanStaysNan(ElementFunction function) {
        float[] inputs = new float[100];
        float[] ends = {Float.NEGATIVE_INFINITY, -1e30f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN};
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = ends[i % ends.length];
        }
        float below = function == ElementFunction.LEAKY_RELU ? ElementFunction.LEAK : 0;
        for (Kernels kernels : AllKernels.all()) {
            float[] values = new float[inputs.length];
            float[] slopes = new float[inputs.length];
            float[] ones = new float[inputs.length];
            Arrays.fill(ones, 1);
            kernels.apply(function, inputs, 0, values, 0, inputs.length);
            kernels.multiplySlopes(function, inputs, 0, ones, 0, slopes, 0, inputs.length);
            for (int i = 0; i < inputs.length; i++) {
                float x = inputs[i];
                float expected = x < 0 && below == 0 ? 0 : x < 0 ? below * x : x;
                float slope = Float.isNaN(x) ? x : x < 0 ? below : 1;
                // Adding 0 makes 0 of -0.
                assertThat(Float.valueOf(values[i] + 0f)).as("%s", x).isEqualTo(Float.valueOf(expected));
                assertThat(Float.valueOf(slopes[i] + 0f)).as("slope at %s", x).isEqualTo(Float.valueOf(slope));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAFunctionAloneHasTheSameBits(ElementFunction function) {
        float[] inputs = inputs();
        for (Kernels kernels : AllKernels.all()) {
            float[] together = new float[201];
            kernels.apply(function, inputs, 0, together, 0, 201);
            for (int i = 0; i < 201; i++) {
                float[] alone = {7, 7, 7};
                kernels.apply(function, inputs, i, alone, 1, 1);
                assertThat(alone).containsExactly(7, together[i], 7);
            }
        }
    }
}
