package dev.lossforge.cli.numbers;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.argument.JsonProblem;
import dev.lossforge.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads nested arrays of numbers from JSON. It also accepts other common notations: {@code NaN}, {@code inf} and
 * {@code -Infinity} in any case, with or without quotes; {@code .5}, {@code 5.} and {@code +5}; numbers in quotes;
 * {@code true} and {@code false} for 1 and 0.
 */
public final class NumbersReader {
    /** Limit on the depth of arrays; no loss takes a tensor with this many axes. */
    private static final int MAX_AXES = 16;

    private static final Pattern NON_FINITE =
            Pattern.compile("(?<![\\w.])([+-]?)(inf(?:inity)?|nan)(?![\\w.])", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<String> NON_FINITE_NAMES = Set.of("NaN", "Infinity", "-Infinity");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * MAX_AXES)
                    .build())
            .build();

    private final String where;
    private final JsonParser parser;
    private final List<String> numbers = new ArrayList<>();

    /** The length of the arrays on each level, −1 until the first one ends. */
    private final int[] extents = new int[MAX_AXES];

    /** The number of entries read so far in the open array of each level. */
    private final int[] counts = new int[MAX_AXES];

    private int depth;

    /** The level of the numbers; −1 until the first one is read. */
    private int numberDepth = -1;

    private NumbersReader(String where, JsonParser parser) {
        this.where = where;
        this.parser = parser;
        Arrays.fill(extents, -1);
    }

    /**
     * Reads one value.
     *
     * @param where the name of the source in messages, such as {@code --target}
     */
    public static NestedNumbers read(String where, String json) {
        try (JsonParser parser = open(json)) {
            parser.nextToken();
            NestedNumbers value = new NumbersReader(where, parser).value();
            requireEnd(where, parser);
            return value;
        } catch (JacksonException e) {
            throw malformed(where, e);
        }
    }

    /** Whether the text looks like an object with named values. */
    public static boolean isObject(String json) {
        return json.stripLeading().startsWith("{");
    }

    /** Reads an object of named values. */
    public static Map<String, NestedNumbers> readObject(String where, String json) {
        Map<String, NestedNumbers> values = new LinkedHashMap<>();
        try (JsonParser parser = open(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, new NumbersReader(where + " " + name, parser).value());
            }
            requireEnd(where, parser);
            return values;
        } catch (JacksonException e) {
            throw malformed(where, e);
        }
    }

    private static JsonParser open(String json) {
        Matcher nonFinite = NON_FINITE.matcher(json);
        return JSON.createParser(ObjectReadContext.empty(), nonFinite.replaceAll(NumbersReader::asJavaWritesIt));
    }

    private static String asJavaWritesIt(java.util.regex.MatchResult match) {
        boolean nan = match.group(2).toLowerCase(Locale.ROOT).equals("nan");
        return nan ? "NaN" : (match.group(1).equals("-") ? "-" : "") + "Infinity";
    }

    private static void requireEnd(String where, JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new ArgumentException("%s continues after its JSON value, at column %d; give one value"
                    .formatted(where, parser.currentTokenLocation().getColumnNr()));
        }
    }

    private static ArgumentException malformed(String where, JacksonException e) {
        return new ArgumentException(
                "%s is not JSON%s; write a number or nested arrays of numbers, as in [[1, 2], [3, 4]]"
                        .formatted(where, JsonProblem.place(e)));
    }

    private NestedNumbers value() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new ArgumentException(where + " is empty; write a number or nested arrays of numbers");
        }
        take(token);
        while (depth > 0) {
            take(parser.nextToken());
        }
        int[] shape = Arrays.copyOf(extents, numberDepth);
        return new NestedNumbers(where, Shape.of(shape), List.copyOf(numbers));
    }

    private void take(JsonToken token) {
        switch (token) {
            case START_ARRAY -> begin();
            case END_ARRAY -> end();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_STRING -> number(quoted(parser.getString()));
            case VALUE_TRUE -> number("1");
            case VALUE_FALSE -> number("0");
            case VALUE_NULL -> throw notANumber("null", "write NaN if you mean that");
            default -> throw notANumber("an object", "write a number or an array of numbers");
        }
    }

    private String quoted(String text) {
        String stripped = text.strip();
        if (NUMBER.matcher(stripped).matches() || NON_FINITE_NAMES.contains(stripped)) {
            return stripped;
        }
        throw notANumber("'" + text + "'", "write a number, NaN, Infinity or -Infinity");
    }

    private ArgumentException notANumber(String what, String remedy) {
        return new ArgumentException("%s%s is %s, not a number; %s".formatted(where, place(depth), what, remedy));
    }

    private void begin() {
        if (depth == numberDepth) {
            throw ragged("is an array, but this level has numbers elsewhere");
        }
        if (depth == MAX_AXES) {
            throw new ArgumentException(
                    "%s nests more than %d arrays; a tensor has fewer axes".formatted(where, MAX_AXES));
        }
        counts[depth++] = 0;
    }

    private void end() {
        depth--;
        int count = counts[depth];
        if (count == 0) {
            throw new ArgumentException("%s%s is an empty array; a tensor has at least one entry along each axis"
                    .formatted(where, place(depth)));
        }
        if (extents[depth] >= 0 && extents[depth] != count) {
            throw ragged("has %d entries where the array before it has %d".formatted(count, extents[depth]));
        }
        extents[depth] = count;
        countEntry();
    }

    private void number(String text) {
        if (numberDepth >= 0 && numberDepth != depth || numberDepth < 0 && extents[depth] >= 0) {
            throw ragged("is a number, but this level has arrays elsewhere");
        }
        numberDepth = depth;
        numbers.add(text);
        countEntry();
    }

    private void countEntry() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private ArgumentException ragged(String problem) {
        return new ArgumentException(
                "%s%s %s; make all arrays on one level equally long".formatted(where, place(depth), problem));
    }

    /** The position of the current value: its index in each open array down to a level. */
    private String place(int level) {
        StringBuilder place = new StringBuilder();
        for (int i = 0; i < level; i++) {
            place.append('[').append(counts[i]).append(']');
        }
        return place.toString();
    }
}
