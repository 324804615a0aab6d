package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceBessel;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceGamma;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceNormal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    /** Left of 0 differences of gamma functions cancel next to zeros, on the JVM too. */
    private static final Set<String> ON_THE_RIGHT =
            Set.of("lbeta", "lgammaDifference", "digammaDifference", "trigammaDifference");

    private static final Map<String, Pair<Unary>> UNARY = unary();
    private static final Map<String, Pair<Binary>> BINARY = binary();

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
        functions.put("sqrt", new Pair<>(DeviceMath::sqrt, Scalars::sqrt));
        functions.put("exp", new Pair<>(DeviceMath::exp, Scalars::exp));
        functions.put("log", new Pair<>(DeviceMath::log, Scalars::log));
        functions.put("sin", new Pair<>(DeviceMath::sin, Scalars::sin));
        functions.put("cos", new Pair<>(DeviceMath::cos, Scalars::cos));
        functions.put("tan", new Pair<>(DeviceMath::tan, Scalars::tan));
        functions.put("asin", new Pair<>(DeviceMath::asin, Scalars::asin));
        functions.put("acos", new Pair<>(DeviceMath::acos, Scalars::acos));
        functions.put("atan", new Pair<>(DeviceMath::atan, Scalars::atan));
        functions.put("expm1", new Pair<>(DeviceMath::expm1, Scalars::expm1));
        functions.put("log1p", new Pair<>(DeviceMath::log1p, Scalars::log1p));
        functions.put("expm1Rest", new Pair<>(DeviceMath::expm1Rest, Scalars::expm1Rest));
        functions.put("log1pRest", new Pair<>(DeviceMath::log1pRest, Scalars::log1pRest));
        functions.put("logRest", new Pair<>(DeviceMath::logRest, Scalars::logRest));
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
        functions.put("floor", new Pair<>(DeviceMath::floor, Scalars::floor));
        functions.put("ceil", new Pair<>(DeviceMath::ceil, Scalars::ceil));
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
        functions.put("lbeta", new Pair<>(DeviceGamma::lbeta, Scalars::lbeta));
        functions.put("lgammaDifference", new Pair<>(DeviceGamma::lgammaDifference, Scalars::lgammaDifference));
        functions.put("digammaDifference", new Pair<>(DeviceGamma::digammaDifference, Scalars::digammaDifference));
        functions.put("trigammaDifference", new Pair<>(DeviceGamma::trigammaDifference, Scalars::trigammaDifference));
        return functions;
    }

    @TestFactory
    Stream<DynamicTest> everyFunction() {
        return names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    SplittableRandom random = new SplittableRandom(1);
                    for (int i = 0; i < DRAWN; i++) {
                        float x = number(random);
                        float y = partner(x, random);
                        float actual = onHost(name, x, y);
                        assertThat(isClose(name, x, y, actual))
                                .as("%s of %s and %s: %s instead of %s", name, x, y, actual, onJvm(name, x, y))
                                .isTrue();
                    }
                }));
    }

    /** The functions by name. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(UNARY.keySet());
        names.addAll(BINARY.keySet());
        return names;
    }

    private static float onHost(String name, float x, float y) {
        return UNARY.containsKey(name)
                ? UNARY.get(name).onDevice().of(x)
                : BINARY.get(name).onDevice().of(x, y);
    }

    /** The function in the JVM's kernels; the second number counts where it takes two. */
    static float onJvm(String name, float x, float y) {
        return UNARY.containsKey(name)
                ? UNARY.get(name).onJvm().of(x)
                : BINARY.get(name).onJvm().of(x, y);
    }

    /** A float of any kind. */
    static float number(SplittableRandom random) {
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

    /** A second number, of any kind or near the first. */
    static float partner(float x, SplittableRandom random) {
        return random.nextInt(4) == 0 ? x * next(random) : number(random);
    }

    /** A number that is anyhow near 1. */
    private static float next(SplittableRandom random) {
        return (float) (1 + random.nextDouble(-1, 1) * Math.exp(random.nextDouble(-16, 0)));
    }

    /** Whether a result is that of the JVM's kernels. The greatest number and infinity are 1 ulp apart. */
    static boolean isClose(String name, float x, float y, float actual) {
        boolean isLeft = x < 0 || x + y < 0;
        if (ON_THE_RIGHT.contains(name) && isLeft) {
            return true;
        }
        float expected = onJvm(name, x, y);
        double distance = Math.abs((double) bounded(actual) - bounded(expected));
        double spared = DIFFERENCES.contains(name) ? CANCELLED : 0;
        return Float.compare(actual, expected) == 0
                || actual == expected
                || distance <= ULPS * Math.ulp(bounded(expected)) + spared;
    }

    private static float bounded(float x) {
        return Math.clamp(x, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
}
