package dev.lossforge.runtime.internal.json;

import dev.lossforge.runtime.internal.json.JsonValue.JsonArray;
import dev.lossforge.runtime.internal.json.JsonValue.JsonBoolean;
import dev.lossforge.runtime.internal.json.JsonValue.JsonNull;
import dev.lossforge.runtime.internal.json.JsonValue.JsonNumber;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.internal.json.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes values as text: on one line, or with one member of an object to a line. */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder();
    private final boolean indented;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** The value without spaces. */
    public static String compact(JsonValue value) {
        return write(value, false);
    }

    /** The value with one line per member of an object, and arrays on one line. */
    public static String indented(JsonValue value) {
        return write(value, true) + "\n";
    }

    private static String write(JsonValue value, boolean indented) {
        JsonWriter writer = new JsonWriter(indented);
        writer.value(value, 0);
        return writer.text.toString();
    }

    private void value(JsonValue value, int depth) {
        switch (value) {
            case JsonObject(SequencedMap<String, JsonValue> members) -> object(members, depth);
            case JsonArray(List<JsonValue> items) -> array(items, depth);
            case JsonString(String string) -> string(string);
            case JsonNumber(String literal) -> text.append(literal);
            case JsonBoolean(boolean bool) -> text.append(bool);
            case JsonNull none -> text.append("null");
        }
    }

    private void object(Map<String, JsonValue> members, int depth) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            text.append(separator);
            line(depth + 1);
            string(member.getKey());
            text.append(indented ? ": " : ":");
            value(member.getValue(), depth + 1);
            separator = ",";
        }
        if (!members.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void line(int depth) {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void array(List<JsonValue> items, int depth) {
        text.append('[');
        String separator = "";
        for (JsonValue item : items) {
            text.append(separator);
            value(item, depth);
            separator = indented ? ", " : ",";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
