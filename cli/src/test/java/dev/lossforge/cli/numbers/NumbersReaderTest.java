package dev.lossforge.cli.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|1.5",
                "-1|-1",
                "+1|1",
                ".5|0.5",
                "-.5|-0.5",
                "5.|5",
                "1e-3|0.001",
                "\"2.5\"|2.5",
                "true|1",
                "false|0",
                "NaN|NaN",
                "nan|NaN",
                "-nan|NaN",
                "\"nan\"|NaN",
                "Infinity|Infinity",
                "-Infinity|-Infinity",
                "inf|Infinity",
                "+inf|Infinity",
                "-inf|-Infinity",
                "\"-Inf\"|-Infinity",
                "-INFINITY|-Infinity",
                "1e-46|0",
                "0.1|0.1",
            })
    void everySpellingOfANumberIsRead(String text, float expected) {
        assertThat(NumbersReader.read("--x", text).floats()).isEqualTo(Tensor.scalar(expected));
        assertThat(NumbersReader.read("--x", "[" + text + " , " + text + "]").floats())
                .isEqualTo(Tensor.vector(expected, expected));
    }

    @Test
    void aDecimalNumberIsRoundedOnce() {
        // Rounded to double first, it would land on the tie and then on the even float below.
        assertThat(NumbersReader.read("--x", "1.00000005960464477540").floats().item())
                .isEqualTo(Math.nextUp(1f));
    }

    @Test
    void nestedArraysGiveTheShape() {
        assertThat(NumbersReader.read("--x", "[[1, 2, 3], [4, 5, 6]]").floats())
                .isEqualTo(Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6}));
        assertThat(NumbersReader.read("--x", "[[[7]]]").floats()).isEqualTo(Tensor.over(new float[] {7}, 1, 1, 1));
        assertThat(NumbersReader.readObject("--x", "{\"a\": [1], \"b\": 2}")).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|--x is empty",
                "[]|--x is an empty array",
                "[[1],[]]|--x[1] is an empty array",
                "[[1, 2], [3]]|--x[1] has 1 entries where the array before it has 2",
                "[1, [2]]|--x[1] is an array, but this level has numbers elsewhere",
                "[[1], 2]|--x[1] is a number, but this level has arrays elsewhere",
                "[1, 2|--x is not JSON at line 1, column",
                "[1 2]|--x is not JSON",
                "[1, null]|--x[1] is null, not a number; write NaN",
                "[\"abc\"]|--x[0] is 'abc', not a number",
                "[{}]|--x[0] is an object, not a number",
                "hello|--x is not JSON",
                "1, 2|--x is not JSON",
                "[1] [2]|--x continues after its JSON value",
                "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]|--x nests more than 16 arrays",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> NumbersReader.read("--x", text))
                .isInstanceOf(ArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "NaN", "3000000000", "Infinity"})
    void classIndicesAreWhole(String text) {
        NestedNumbers numbers = NumbersReader.read("--y", "[0, " + text + "]");
        assertThatThrownBy(numbers::ints).hasMessageContaining("--y[1] is " + text + ", but must be a whole number");
    }

    @Test
    void whatIsTooLargeForAFloatIsRefused() {
        NestedNumbers numbers = NumbersReader.read("--x", "[[0], [1e39]]");
        assertThatThrownBy(numbers::floats).hasMessageContaining("--x[1][0] is 1e39");
        assertThat(NumbersReader.read("--x", "[2.0]").ints().array()).containsExactly(2);
    }

    @RepeatedTest(300)
    void everyFloatIsReadBackFromItsShortestText(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        float[] values = new float[random.nextInt(1, 30)];
        for (int i = 0; i < values.length; i++) {
            values[i] = finiteFloat(random);
        }
        NestedNumbers read = NumbersReader.read("--x", Arrays.toString(values));
        assertThat(read.floats()).isEqualTo(Tensor.vector(values));
    }

    /** Of every size, zeros and the borders of ranges included. */
    private static float finiteFloat(SplittableRandom random) {
        float[] borders = {0, -0f, 1, Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MAX_VALUE, Float.MAX_VALUE};
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) && random.nextInt(5) > 0 ? value : borders[random.nextInt(borders.length)];
    }

    @Test
    void anyTextIsReadOrRefusedInOneSentence() {
        for (int seed = 0; seed < 20_000; seed++) {
            String text = text(new SplittableRandom(seed));
            assertReadOrRefused(text, () -> NumbersReader.read("--x", text).floats());
            assertReadOrRefused(text, () -> NumbersReader.readObject("--x", "{" + text));
        }
    }

    private static void assertReadOrRefused(String text, Runnable reading) {
        try {
            reading.run();
        } catch (ArgumentException e) {
            assertThat(e.getMessage())
                    .as(text)
                    .startsWith("--x")
                    .doesNotContain("\n")
                    .hasSizeLessThan(1000);
        }
    }

    private static String text(SplittableRandom random) {
        List<String> pieces = List.of(
                "[", "]", "[[", "]]", ",", ",", "1", "-2.5", "1e9", "1e999", "0x1", ".", "-", "+", "inf", "-inf", "nan",
                "NaN", "\"", "\"inf\"", "{", "}", ":", "\"a\":", "null", "true", " ", "\n", "\\u0000", "é", "\uD800",
                "//", "[1]");
        return random.ints(random.nextInt(21), 0, pieces.size())
                .mapToObj(pieces::get)
                .collect(Collectors.joining());
    }
}
