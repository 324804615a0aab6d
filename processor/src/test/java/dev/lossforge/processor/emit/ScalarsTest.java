package dev.lossforge.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.runtime.internal.kernel.Scalars;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions of numbers that kernels call are those of the vocabulary, at ordinary and at extreme numbers. */
class ScalarsTest {
    private static final float[] EXTREMES = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-30f,
        -1e-30f,
        0.5f,
        -0.5f,
        1f,
        -1f,
        2f,
        -2f,
        88f,
        -88f,
        104f,
        -104f,
        1e30f,
        -1e30f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };
    /** Where lgamma crosses 0, at 1 and 2, the rounding of doubles is all that is left of it. */
    private static final double AT_ZEROS = 1e-14;

    static List<Method> functions() {
        List<Method> functions = Arrays.stream(Scalars.class.getMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == float.class)
                .filter(m -> Stream.of(m.getParameterTypes()).allMatch(t -> t == float.class))
                .filter(m -> vocabulary(m) != null)
                .toList();
        assertThat(functions).hasSizeGreaterThan(20);
        return functions;
    }

    private static Method vocabulary(Method function) {
        try {
            return Formulas.class.getMethod(function.getName(), function.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void agreesWithTheVocabulary(Method function) throws ReflectiveOperationException {
        Method vocabulary = vocabulary(function);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 4000; i++) {
            Object[] arguments = new Object[function.getParameterCount()];
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = i < 2000
                        ? EXTREMES[(k == 0 ? i : i / EXTREMES.length) % EXTREMES.length]
                        : (float) (random.nextGaussian() * Math.exp(random.nextGaussian() * 3));
            }
            float expected = (float) vocabulary.invoke(null, arguments);
            float actual = (float) function.invoke(null, arguments);
            String what = function.getName() + Arrays.toString(arguments);
            if (Float.isNaN(expected) || Float.isInfinite(expected)) {
                assertThat((Object) actual).as(what).isEqualTo(expected);
            } else {
                assertThat((double) Math.abs(actual - expected))
                        .as(what)
                        .isLessThanOrEqualTo(2.0 * Math.ulp(expected) + AT_ZEROS);
            }
        }
    }
}
