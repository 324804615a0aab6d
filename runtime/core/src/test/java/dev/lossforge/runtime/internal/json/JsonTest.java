package dev.lossforge.runtime.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "-0.5e+10",
                "\"a\\\"b\\\\\\u0001é\"",
                "{\"a\":[1,2,{\"b\":false}],\"c\":\"\"}",
            })
    void readsAndWritesTheSameText(String text) {
        assertThat(JsonWriter.compact(JsonReader.read(text))).isEqualTo(text);
        JsonValue value = JsonReader.read(text);
        assertThat(JsonReader.read(JsonWriter.indented(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                "+1",
                ".5",
                "NaN",
                "nul",
                "'a'",
                "\"a",
                "\"\u0001\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "{} {}",
                "{\"a\":1,\"a\":2}",
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("The JSON is broken at character ");
    }

    @Test
    void refusesMalformedTextAndExtremes() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xff, '"'}))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000))).hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> JsonReader.read("1".repeat(500))).hasMessageContaining("400 characters");
        assertThatThrownBy(() -> JsonReader.read("[" + "0,".repeat(1_000_000) + "0]"))
                .hasMessageContaining("more than 1000000 values");
    }

    @Test
    void readsEscapes() {
        assertThat(JsonReader.read("\"\\u00e9\\n\\/\\ud83d\\ude00\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(JsonValue.of("é\n/😀"));
    }

    @Test
    void namesTheKindThatIsWrong() {
        JsonValue array = JsonReader.read("[1.5, \"x\"]");
        assertThatThrownBy(array::asObject).hasMessage("There is an array where an object is expected.");
        assertThatThrownBy(() -> array.asArray().getFirst().asLong()).hasMessageContaining("1.5 is not a whole number");
        assertThatThrownBy(() -> array.asArray().getLast().asDouble()).hasMessageContaining("a string where a number");
        assertThatThrownBy(() -> JsonReader.read("{}").get("a")).hasMessage("The member 'a' is missing.");
        assertThatThrownBy(() -> JsonValue.of(1L << 40).asInt()).hasMessageContaining("at most 32 bits");
    }

    /** Random bits reach every exponent; the values at the borders of ranges are listed. */
    private static DoubleStream doubles() {
        return DoubleStream.concat(
                DoubleStream.of(
                        0,
                        -0.0,
                        Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        Double.MAX_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        0.1,
                        1L << 53,
                        Long.MAX_VALUE),
                new SplittableRandom(1).longs(1000).mapToDouble(Double::longBitsToDouble));
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void keepsEveryDouble(double number) {
        double read = JsonReader.read(JsonWriter.compact(JsonValue.of(number))).asDouble();
        assertThat(Double.doubleToLongBits(read)).isEqualTo(Double.doubleToLongBits(number));
    }

    /** A mixture of letters, what must be escaped, and characters of two and of four bytes. */
    private static String text(SplittableRandom random) {
        int[] awkward = {0, '"', '\\', '/', '\n', '\u007f', '\u2028', 'é', '\ufffd', 0x1f600, 0x10ffff};
        return random.ints(random.nextInt(20), 0, 3)
                .map(kind -> switch (kind) {
                    case 0 -> random.nextInt(' ', 0x7f);
                    case 1 -> awkward[random.nextInt(awkward.length)];
                    default -> random.nextInt(0xd800);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @RepeatedTest(1000)
    void keepsEveryString(RepetitionInfo repetition) {
        String text = text(new SplittableRandom(repetition.getCurrentRepetition()));
        byte[] written = JsonWriter.compact(JsonValue.of(text)).getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.read(written).asString()).isEqualTo(text);
    }
}
