package dev.lossforge.processor.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.processor.testing.SourceReading;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The vocabulary of the compiler is the one that users see. */
class VocabularyTest {

    @Test
    void everyFunctionOfFormulasHasAMeaning() {
        String calls = Arrays.stream(Formulas.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .map(VocabularyTest::call)
                .collect(Collectors.joining("\n"));
        SourceReading reading = SourceReading.ofMembers(calls);
        assertThat(reading.compilation().errors()).isEmpty();
        assertThat(reading.formulas()).hasSizeGreaterThan(70);
    }

    /** A formula that calls the function. */
    private static String call(Method method) {
        String arguments = Arrays.stream(method.getParameterTypes())
                .map(VocabularyTest::argument)
                .collect(Collectors.joining(", "));
        String result = switch (method.getReturnType().getSimpleName()) {
            case "float[]", "int[]" -> "[0]";
            case "float[][]" -> "[0][0]";
            case "boolean" -> " ? p[0] : 0";
            default -> "";
        };
        return "@Loss static float f%d(@Prediction float[] p, @Target int k) { return %s(%s)%s; }"
                .formatted(System.identityHashCode(method), method.getName(), arguments, result);
    }

    private static String argument(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "float" -> "p[0]";
            case "int" -> "k";
            case "boolean" -> "k > 0";
            case "String" -> "\"name\"";
            case "float[]" -> "p";
            case "FloatStep" -> "(i, s) -> s + p[i]";
            case "VectorStep" -> "(i, s) -> vector(p.length, m -> s[m] + p[i])";
            default -> "i -> p[i]";
        };
    }
}
