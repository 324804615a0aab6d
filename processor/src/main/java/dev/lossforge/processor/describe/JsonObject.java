package dev.lossforge.processor.describe;

import java.util.List;

/** Writes one JSON object, member by member; a member that is another object or an array is given as its text. */
final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    JsonObject string(String name, String value) {
        return raw(name, quoted(value));
    }

    JsonObject bool(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    JsonObject whole(String name, int value) {
        return raw(name, Integer.toString(value));
    }

    /** A finite number; an infinite one is left out. */
    JsonObject finite(String name, double value) {
        return Double.isFinite(value) ? raw(name, Double.toString(value)) : this;
    }

    JsonObject strings(String name, List<String> values) {
        return array(name, values.stream().map(JsonObject::quoted).toList());
    }

    JsonObject array(String name, List<String> values) {
        return raw(name, "[" + String.join(",", values) + "]");
    }

    JsonObject raw(String name, String value) {
        text.append(text.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value);
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    // A lone surrogate, which a string literal may hold, has no encoding in UTF-8.
                    boolean plain = c >= ' ' && !Character.isSurrogate(c);
                    quoted.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
