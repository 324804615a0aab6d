package dev.lossforge.runtime.internal.json;

import dev.lossforge.runtime.internal.json.JsonValue.JsonArray;
import dev.lossforge.runtime.internal.json.JsonValue.JsonBoolean;
import dev.lossforge.runtime.internal.json.JsonValue.JsonNull;
import dev.lossforge.runtime.internal.json.JsonValue.JsonNumber;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.internal.json.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON from untrusted bytes. It refuses anything that RFC 8259 does not allow. It also refuses malformed UTF-8,
 * duplicate names in an object, values nested deeper than {@value #MAX_DEPTH}, and more than {@value #MAX_VALUES}
 * values. Memory therefore stays below 160 megabytes plus a small multiple of the text's length.
 */
public final class JsonReader {
    /** Limit on the nesting depth of arrays and objects. */
    public static final int MAX_DEPTH = 64;

    /** Limit on the number of values in a text, nested ones included. */
    public static final int MAX_VALUES = 1_000_000;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

    /** Limit on the digits of a number, because the time to read one grows faster than its length. */
    private static final int MAX_DIGITS = 400;

    private final String text;
    private final Matcher number;
    private int at;
    private int depth;
    private int values;

    private JsonReader(String text) {
        this.text = text;
        this.number = NUMBER.matcher(text);
    }

    /**
     * The value of these bytes, all of which must belong to it.
     *
     * @throws JsonException that says what is wrong and at which character
     */
    public static JsonValue read(byte[] utf8) {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("The text is not UTF-8, as JSON must be.");
        }
    }

    /** The value of this text. */
    public static JsonValue read(String text) {
        JsonReader reader = new JsonReader(text);
        reader.skipSpace();
        JsonValue value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.error("the end is expected");
        }
        return value;
    }

    private JsonValue value() {
        if (++values > MAX_VALUES) {
            throw error("there are more than " + MAX_VALUES + " values");
        }
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> word("true", new JsonBoolean(true));
            case 'f' -> word("false", new JsonBoolean(false));
            case 'n' -> word("null", new JsonNull());
            default -> number();
        };
    }

    private JsonValue object() {
        descend();
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        boolean more = !closes('}');
        while (more) {
            String name = string();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.put(name, value()) != null) {
                throw error("the name '" + JsonValue.shortened(name) + "' comes twice in one object");
            }
            more = goesOn('}');
        }
        depth--;
        return new JsonObject(members);
    }

    private JsonValue array() {
        descend();
        List<JsonValue> items = new ArrayList<>();
        boolean more = !closes(']');
        while (more) {
            items.add(value());
            more = goesOn(']');
        }
        depth--;
        return new JsonArray(items);
    }

    /** Consumes the opening bracket. */
    private void descend() {
        if (++depth > MAX_DEPTH) {
            throw error("arrays and objects are nested deeper than " + MAX_DEPTH);
        }
        at++;
        skipSpace();
    }

    /** Consumes the bracket if it is next; returns whether it was. */
    private boolean closes(char bracket) {
        if (peek() != bracket) {
            return false;
        }
        at++;
        return true;
    }

    /** Consumes a comma and returns true, or the bracket and returns false. */
    private boolean goesOn(char bracket) {
        skipSpace();
        if (closes(bracket)) {
            return false;
        }
        expect(',');
        skipSpace();
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw error("a string ends or holds a control character");
            }
            at++;
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw error("an escape is unknown");
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw error("\\u is followed by four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private JsonValue word(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw error("a value is expected");
        }
        at += word.length();
        return value;
    }

    private JsonValue number() {
        if (!number.region(at, text.length()).lookingAt()) {
            throw error("a value is expected");
        }
        if (number.end() - at > MAX_DIGITS) {
            throw error("a number has more than " + MAX_DIGITS + " characters");
        }
        at = number.end();
        return new JsonNumber(number.group());
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("'" + c + "' is expected");
        }
        at++;
    }

    /** The next character; at the end NUL, which JSON cannot contain. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private JsonException error(String what) {
        return new JsonException("The JSON is broken at character " + at + ": " + what + ".");
    }
}
