package dev.lossforge.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Formats the output for {@code --json}: strict JSON, in which NaN and infinities are strings. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /**
     * Maps, lists, arrays, records, strings, numbers and booleans as indented JSON. Floats have the shortest text that
     * reads back as the same number.
     */
    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static void putIfPresent(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
