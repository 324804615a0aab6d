package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceBessel;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceGamma;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceNormal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The functions of kernels, on the host, are those of the JVM's kernels to 10 ulp: at ordinary numbers, next to whole
 * ones and to each other, and at extreme ones.
 */
class DeviceFunctionsTest {
    private static final int ULPS = 10;
    private static final int DRAWN = 100_000;
    /** Of logarithms in double precision that cancel. */
    private static final double CANCELLED = 1e-13;

    private static final Set<String> DIFFERENCES = Set.of("lbeta", "lgammaDifference");

    private static final float[] EXTREMES = {
        0f,
        -0f,
        0.5f,
        -0.5f,
        1f,
        -1f,
        11.999f,
        12f,
        20f,
        -20f,
        90f,
        -90f,
        1e-30f,
        -1e-30f,
        1e30f,
        -1e30f,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    /** A function of one number. */
    @FunctionalInterface
    private interface Unary {
        float of(float x);
    }

    /** A function of two numbers. */
    @FunctionalInterface
    private interface Binary {
        float of(float x, float y);
    }

    private record Pair<F>(F onDevice, F onJvm) {}

    private static Map<String, Pair<Unary>> unary() {
        Map<String, Pair<Unary>> functions = new LinkedHashMap<>();
        functions.put("expm1", new Pair<>(DeviceMath::expm1, Scalars::expm1));
        functions.put("log1p", new Pair<>(DeviceMath::log1p, Scalars::log1p));
        functions.put("log1mExp", new Pair<>(DeviceMath::log1mExp, Scalars::log1mExp));
        functions.put("sinh", new Pair<>(DeviceMath::sinh, Scalars::sinh));
        functions.put("cosh", new Pair<>(DeviceMath::cosh, Scalars::cosh));
        functions.put("tanh", new Pair<>(DeviceMath::tanh, Scalars::tanh));
        functions.put("asinh", new Pair<>(DeviceMath::asinh, Scalars::asinh));
        functions.put("acosh", new Pair<>(DeviceMath::acosh, Scalars::acosh));
        functions.put("atanh", new Pair<>(DeviceMath::atanh, Scalars::atanh));
        functions.put("logCosh", new Pair<>(DeviceMath::logCosh, Scalars::logCosh));
        functions.put("sigmoid", new Pair<>(DeviceMath::sigmoid, Scalars::sigmoid));
        functions.put("softplus", new Pair<>(DeviceMath::softplus, Scalars::softplus));
        functions.put("logSigmoid", new Pair<>(DeviceMath::logSigmoid, Scalars::logSigmoid));
        functions.put("erf", new Pair<>(DeviceMath::erf, Scalars::erf));
        functions.put("round", new Pair<>(DeviceMath::round, Scalars::round));
        functions.put("erfc", new Pair<>(DeviceNormal::erfc, Scalars::erfc));
        functions.put("normalCdf", new Pair<>(DeviceNormal::normalCdf, Scalars::normalCdf));
        functions.put("logNormalCdf", new Pair<>(DeviceNormal::logNormalCdf, Scalars::logNormalCdf));
        functions.put("normalQuantile", new Pair<>(DeviceNormal::normalQuantile, Scalars::normalQuantile));
        functions.put("inverseMills", new Pair<>(DeviceNormal::inverseMills, Scalars::inverseMills));
        functions.put("millsSlope", new Pair<>(DeviceNormal::millsSlope, Scalars::millsSlope));
        functions.put("lgamma", new Pair<>(DeviceGamma::lgamma, Scalars::lgamma));
        functions.put("digamma", new Pair<>(DeviceGamma::digamma, Scalars::digamma));
        functions.put("trigamma", new Pair<>(DeviceGamma::trigamma, Scalars::trigamma));
        functions.put("tetragamma", new Pair<>(DeviceGamma::tetragamma, Scalars::tetragamma));
        functions.put("pentagamma", new Pair<>(DeviceGamma::pentagamma, Scalars::pentagamma));
        functions.put("logBesselI0", new Pair<>(DeviceBessel::logBesselI0, Scalars::logBesselI0));
        functions.put("besselI1I0", new Pair<>(DeviceBessel::besselI1I0, Scalars::besselI1I0));
        functions.put("besselSlope", new Pair<>(DeviceBessel::besselSlope, Scalars::besselSlope));
        functions.put("besselCurvature", new Pair<>(DeviceBessel::besselCurvature, Scalars::besselCurvature));
        return functions;
    }

    private static Map<String, Pair<Binary>> binary() {
        Map<String, Pair<Binary>> functions = new LinkedHashMap<>();
        functions.put("pow", new Pair<>(DeviceMath::pow, Scalars::pow));
        functions.put("atan2", new Pair<>(DeviceMath::atan2, Scalars::atan2));
        functions.put("hypot", new Pair<>(DeviceMath::hypot, Scalars::hypot));
        functions.put("xlogy", new Pair<>(DeviceMath::xlogy, Scalars::xlogy));
        functions.put("xlog1py", new Pair<>(DeviceMath::xlog1py, Scalars::xlog1py));
        functions.put("xdivy", new Pair<>(DeviceMath::xdivy, Scalars::xdivy));
        functions.put("logQuotient", new Pair<>(DeviceMath::logQuotient, Scalars::logQuotient));
        functions.put("relativeEntropy", new Pair<>(DeviceMath::relativeEntropy, Scalars::relativeEntropy));
        functions.put("remainder", new Pair<>(DeviceMath::remainder, (x, y) -> x % y));
        functions.put("max", new Pair<>(DeviceMath::max, Math::max));
        functions.put("min", new Pair<>(DeviceMath::min, Math::min));
        functions.put("lbeta", new Pair<>(right(DeviceGamma::lbeta), right(Scalars::lbeta)));
        functions.put(
                "lgammaDifference", new Pair<>(right(DeviceGamma::lgammaDifference), right(Scalars::lgammaDifference)));
        functions.put(
                "digammaDifference",
                new Pair<>(right(DeviceGamma::digammaDifference), right(Scalars::digammaDifference)));
        return functions;
    }

    /** Left of 0 differences of gamma functions cancel next to zeros, on the JVM too. */
    private static Binary right(Binary function) {
        return (x, y) -> x < 0 || x + y < 0 ? 0 : function.of(x, y);
    }

    @TestFactory
    Stream<DynamicTest> ofOneNumber() {
        return unary().entrySet().stream()
                .map(f -> DynamicTest.dynamicTest(f.getKey(), () -> {
                    SplittableRandom random = new SplittableRandom(1);
                    for (int i = 0; i < DRAWN; i++) {
                        float x = number(random);
                        Pair<Unary> pair = f.getValue();
                        assertClose(
                                f.getKey() + " of " + x,
                                pair.onDevice().of(x),
                                pair.onJvm().of(x),
                                0);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> ofTwoNumbers() {
        return binary().entrySet().stream()
                .map(f -> DynamicTest.dynamicTest(f.getKey(), () -> {
                    SplittableRandom random = new SplittableRandom(2);
                    for (int i = 0; i < DRAWN; i++) {
                        float x = number(random);
                        float y = random.nextInt(4) == 0 ? x * next(random) : number(random);
                        Pair<Binary> pair = f.getValue();
                        assertClose(
                                f.getKey() + " of " + x + " and " + y,
                                pair.onDevice().of(x, y),
                                pair.onJvm().of(x, y),
                                DIFFERENCES.contains(f.getKey()) ? CANCELLED : 0);
                    }
                }));
    }

    /** A float of any kind. */
    private static float number(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> (float) random.nextDouble(-3, 3);
            case 1 -> (float) Math.exp(random.nextDouble(-90, 88)) * (random.nextBoolean() ? 1 : -1);
            case 2 -> (float) Math.exp(random.nextDouble(-5, 5));
            case 3 -> random.nextInt(-9, 20);
            case 4 -> Float.intBitsToFloat(random.nextInt());
            case 5 -> next(random);
            default -> EXTREMES[random.nextInt(EXTREMES.length)];
        };
    }

    /** A number that is anyhow near 1. */
    private static float next(SplittableRandom random) {
        return (float) (1 + random.nextDouble(-1, 1) * Math.exp(random.nextDouble(-16, 0)));
    }

    /** The greatest number and infinity are 1 ulp apart. */
    private static void assertClose(String what, float actual, float expected, double spared) {
        boolean isSame = Float.compare(actual, expected) == 0 || actual == expected;
        double distance = Math.abs((double) bounded(actual) - bounded(expected));
        boolean isNear = distance <= ULPS * Math.ulp(bounded(expected)) + spared;
        assertThat(isSame || isNear)
                .as("%s: %s instead of %s", what, actual, expected)
                .isTrue();
    }

    private static float bounded(float x) {
        return Math.clamp(x, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
