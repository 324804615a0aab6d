package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions are those of {@link Math} to more digits than a float has. */
class ElementaryTest {
    private static final double BOUND = 0x1p-35;
    private static final int POINTS = 200_000;

    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        0x1p-17,
        Math.nextDown(0x1p-17),
        0x1p-6,
        Math.nextDown(0x1p-6),
        -0x1p-53,
        0x1p-54,
        -2,
        709,
        -746,
        1e300,
        Double.MIN_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    enum Function {
        LOG1P,
        EXPM1,
        SINH,
        COSH,
        TANH;

        double value(double x) {
            return switch (this) {
                case LOG1P -> Elementary.log1p(x);
                case EXPM1 -> Elementary.expm1(x);
                case SINH -> Elementary.sinh(x);
                case COSH -> Elementary.cosh(x);
                case TANH -> Elementary.tanh(x);
            };
        }

        double exact(double x) {
            return switch (this) {
                case LOG1P -> Math.log1p(x);
                case EXPM1 -> Math.expm1(x);
                case SINH -> Math.sinh(x);
                case COSH -> Math.cosh(x);
                case TANH -> Math.tanh(x);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfTheLibrary(Function function) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < POINTS; i++) {
            double magnitude = Math.exp(random.nextDouble(-90, 6.5));
            assertClose(function, i % 2 == 0 ? magnitude : -magnitude);
            double any = Float.intBitsToFloat(random.nextInt());
            if (Math.abs(any) < 709 || Math.abs(any) > 711) { // where a double overflows, far beyond float
                assertClose(function, any);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void specialValuesAreThoseOfTheLibrary(Function function) {
        for (double x : SPECIAL) {
            assertClose(function, x);
        }
    }

    private static void assertClose(Function function, double x) {
        double expected = function.exact(x);
        double value = function.value(x);
        boolean same = Double.doubleToLongBits(value) == Double.doubleToLongBits(expected);
        boolean close = expected != 0 && Math.abs(value - expected) <= BOUND * Math.abs(expected);
        assertThat(same || close)
                .as("%s of %s: %s, not %s", function, x, value, expected)
                .isTrue();
    }
}
