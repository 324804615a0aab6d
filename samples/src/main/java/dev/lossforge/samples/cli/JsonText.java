package dev.lossforge.samples.cli;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --json} prints. */
final class JsonText {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    /** Maps, lists, arrays, texts and numbers as indented JSON; NaN and infinities, which JSON lacks, as strings. */
    static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
