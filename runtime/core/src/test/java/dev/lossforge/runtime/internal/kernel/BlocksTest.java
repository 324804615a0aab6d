package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The block functions' error in ulps against double precision, and their values where rounding is not the question. */
class BlocksTest {
    private static final float[] EXTREMES = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        -1e-40f,
        Float.MIN_NORMAL,
        1f,
        -1f,
        1e-30f,
        -1e-30f,
        1e30f,
        -1e30f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        88.72f,
        88.73f,
        -87.34f,
        -103.97f,
        -103.98f,
        0.70710677f,
        1.4142135f
    };

    private interface Function {
        void apply(float[] x, float[] out, int n);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("exp", (Function) Blocks::exp, (DoubleUnaryOperator) Math::exp),
                Arguments.of("expm1", (Function) Blocks::expm1, (DoubleUnaryOperator) Math::expm1),
                Arguments.of("log", (Function) Blocks::log, (DoubleUnaryOperator) Math::log),
                Arguments.of("log1p", (Function) Blocks::log1p, (DoubleUnaryOperator) Math::log1p),
                Arguments.of("sigmoid", (Function) Blocks::sigmoid, (DoubleUnaryOperator) BlocksTest::sigmoid),
                Arguments.of("softplus", (Function) Blocks::softplus, (DoubleUnaryOperator) BlocksTest::softplus),
                Arguments.of("logSigmoid", (Function) Blocks::logSigmoid, (DoubleUnaryOperator) x -> -softplus(-x)),
                Arguments.of("tanh", (Function) Blocks::tanh, (DoubleUnaryOperator) Math::tanh));
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void errorIsAtMostTwoUlps(String name, Function function, DoubleUnaryOperator reference) {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[1 << 16];
        for (int i = 0; i < x.length; i++) {
            x[i] = switch (i % 3) {
                case 0 -> (float) random.nextDouble(-1.5, 1.5);
                case 1 -> (float) random.nextDouble(-110, 110);
                default -> Float.intBitsToFloat(random.nextInt());
            };
        }
        check(name, function, reference, x);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void extremesAreRight(String name, Function function, DoubleUnaryOperator reference) {
        check(name, function, reference, EXTREMES);
    }

    private static void check(String name, Function function, DoubleUnaryOperator reference, float[] values) {
        float[] x = Arrays.copyOf(values, Blocks.floats(values.length).length);
        float[] out = new float[x.length];
        function.apply(x, out, values.length);
        for (int i = 0; i < values.length; i++) {
            double exact = reference.applyAsDouble(x[i]);
            float rounded = (float) exact;
            boolean same = Float.compare(out[i], rounded) == 0;
            // Zeros, infinities and NaN are exact; near overflow one side may already round to infinity.
            boolean near = Math.abs(out[i] - exact) <= 2 * Math.ulp(rounded) && rounded != 0;
            assertThat(same || near)
                    .as("%s(%s) = %s instead of %s", name, x[i], out[i], exact)
                    .isTrue();
        }
    }

    @Test
    void softplusAndSigmoidAreWhatTheyAreAlone() {
        float[] x = Arrays.copyOf(EXTREMES, 32);
        float[] softplus = new float[32];
        float[] sigmoid = new float[32];
        float[] alone = new float[32];
        Blocks.softplusAndSigmoid(x, softplus, sigmoid, 32);
        Blocks.softplus(x, alone, 32);
        assertThat(softplus).containsExactly(alone);
        Blocks.sigmoid(x, alone, 32);
        assertThat(sigmoid).containsExactly(alone);
    }

    @Test
    void sumTakesEveryEntryOnce() {
        for (int n = 0; n <= 70; n++) {
            float[] x = Blocks.filled(1000f, 128);
            for (int i = 0; i < n; i++) {
                x[i] = i + 1;
            }
            assertThat(Blocks.sum(x, n)).isEqualTo(n * (n + 1) / 2.0);
        }
    }

    @Test
    void greatestAndLeastIgnoreWhatLiesBehindTheEnd() {
        float[] x = Blocks.filled(Float.NaN, 32);
        for (int n = 1; n < 20; n++) {
            x[n - 1] = n % 2 == 0 ? n : -n;
            assertThat(Blocks.max(x, n)).isEqualTo(n == 1 ? -1f : n % 2 == 0 ? n : n - 1);
            assertThat(Blocks.min(x, n)).isEqualTo(n % 2 == 1 ? -n : 1f - n);
        }
        assertThat(Blocks.max(x, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Blocks.max(x, 21)).isNaN();
        assertThat(Blocks.min(x, 21)).isNaN();
    }

    @Test
    void logSumExpNeitherOverflowsNorForgets() {
        assertThat(logSumExp(1000f, 1000f)).isEqualTo((float) (1000 + Math.log(2)));
        assertThat(logSumExp(Float.NEGATIVE_INFINITY, 3f)).isEqualTo(3f);
        assertThat(logSumExp(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(logSumExp(Float.POSITIVE_INFINITY, 3f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(logSumExp(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(logSumExp(Float.NaN, 3f)).isNaN();
        assertThat(logSumExp(Float.POSITIVE_INFINITY, Float.NaN)).isNaN();
        assertThat(logSumExp()).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    /** In lanes, value by value and by block: all three agree. */
    private static float logSumExp(float... values) {
        LogSumExp single = new LogSumExp();
        LogSumExp whole = new LogSumExp();
        float[] max = Blocks.floats(16);
        float[] sum = Blocks.floats(16);
        float[] scratch = Blocks.floats(16);
        float[] out = Blocks.floats(16);
        Lanes.startLogSumExp(max, sum, 16);
        for (float value : values) {
            single.add(value);
            Lanes.accumulateLogSumExp(Blocks.filled(value, 16), max, sum, scratch, 16);
        }
        Lanes.finishLogSumExp(max, sum, out, 16);
        whole.add(Arrays.copyOf(values, 16), scratch, values.length);
        assertThat(out[5]).isEqualTo(Float.valueOf(single.value()));
        assertThat(whole.value()).isEqualTo(Float.valueOf(single.value()));
        return single.value();
    }
}
