package dev.lossforge.runtime.internal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A JSON value. Each accessor expects one kind of value, and throws a {@link JsonException} that names the actual kind.
 */
public sealed interface JsonValue {

    /** Members in order, with unique names. */
    record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }
    }

    record JsonArray(List<JsonValue> items) implements JsonValue {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    record JsonString(String value) implements JsonValue {}

    /** A number as written in the text. */
    record JsonNumber(String literal) implements JsonValue {}

    record JsonBoolean(boolean value) implements JsonValue {}

    record JsonNull() implements JsonValue {}

    static JsonValue of(String text) {
        return new JsonString(text);
    }

    static JsonValue of(boolean value) {
        return new JsonBoolean(value);
    }

    static JsonValue of(long number) {
        return new JsonNumber(Long.toString(number));
    }

    /** A number that reads back as the same double; NaN and the infinities, which JSON lacks, become strings. */
    static JsonValue of(double number) {
        String text = Double.toString(number);
        return Double.isFinite(number) ? new JsonNumber(text) : new JsonString(text);
    }

    /** The name of this kind of value in messages. */
    default String kind() {
        return switch (this) {
            case JsonObject object -> "an object";
            case JsonArray array -> "an array";
            case JsonString string -> "a string";
            case JsonNumber number -> "a number";
            case JsonBoolean bool -> "true or false";
            case JsonNull none -> "null";
        };
    }

    default SequencedMap<String, JsonValue> asObject() {
        if (this instanceof JsonObject(SequencedMap<String, JsonValue> members)) {
            return members;
        }
        throw wrong("an object");
    }

    default List<JsonValue> asArray() {
        if (this instanceof JsonArray(List<JsonValue> items)) {
            return items;
        }
        throw wrong("an array");
    }

    default String asString() {
        if (this instanceof JsonString(String value)) {
            return value;
        }
        throw wrong("a string");
    }

    default boolean asBoolean() {
        if (this instanceof JsonBoolean(boolean value)) {
            return value;
        }
        throw wrong("true or false");
    }

    /** A whole number that fits 64 bits and is written without fraction and exponent. */
    default long asLong() {
        if (this instanceof JsonNumber(String literal)) {
            try {
                return Long.parseLong(literal);
            } catch (NumberFormatException e) {
                throw new JsonException(shortened(literal) + " is not a whole number of at most 64 bits.");
            }
        }
        throw wrong("a whole number");
    }

    /** As {@link #asLong}, of at most 32 bits. */
    default int asInt() {
        long value = asLong();
        if (value != (int) value) {
            throw new JsonException(value + " is not a whole number of at most 32 bits.");
        }
        return (int) value;
    }

    /** A number, or one of the strings that stand for NaN and the infinities. */
    default double asDouble() {
        return switch (this) {
            case JsonNumber(String literal) -> Double.parseDouble(literal);
            case JsonString(String text) when text.equals("NaN") -> Double.NaN;
            case JsonString(String text) when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
            case JsonString(String text) when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
            default -> throw wrong("a number");
        };
    }

    /** The member of this name of an object. */
    default JsonValue get(String name) {
        Map<String, JsonValue> members = asObject();
        JsonValue member = members.get(name);
        if (member == null) {
            throw new JsonException("The member '" + shortened(name) + "' is missing.");
        }
        return member;
    }

    private JsonException wrong(String expected) {
        return new JsonException("There is " + kind() + " where " + expected + " is expected.");
    }

    /** The beginning of a text of any length. */
    static String shortened(String text) {
        int max = 60;
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
