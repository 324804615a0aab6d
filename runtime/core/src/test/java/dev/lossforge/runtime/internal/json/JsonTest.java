package dev.lossforge.runtime.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Property
    void keepsEveryDouble(@ForAll long bits) {
        double number = Double.longBitsToDouble(bits);
        double read = JsonReader.read(JsonWriter.compact(JsonValue.of(number))).asDouble();
        assertThat(Double.doubleToLongBits(read)).isEqualTo(Double.doubleToLongBits(number));
    }

    @Property
    void keepsEveryString(@ForAll String text) {
        byte[] written = JsonWriter.compact(JsonValue.of(text)).getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.read(written).asString()).isEqualTo(text);
    }
}
