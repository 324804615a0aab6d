package dev.lossforge.runtime.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can happen to a file, by accident or on purpose. */
final class Mutation {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1e400",
        "2147483648",
        "9223372036854775808",
        "4294967296",
        "0.5",
        "-0",
        "1e-400",
        "99999999999999999999"
    };
    private static final String[] SNIPPETS = {
        "[", "{", "[[[[[[[[", "{\"a\":", "\"", "\\u0000", "null", "NaN", ",", "]", "}", "../", "\u0000", "\u00ff"
    };

    private Mutation() {}

    /** The bytes after one to three mishaps. */
    static byte[] of(byte[] good, SplittableRandom random) {
        byte[] bytes = good;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            bytes = mishap(bytes, random);
        }
        return bytes;
    }

    private static byte[] mishap(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes, random);
            case 2 -> replaced(bytes, at, at, SNIPPETS[random.nextInt(SNIPPETS.length)].repeat(random.nextInt(1, 200)));
            case 3 -> otherNumber(bytes, random);
            case 4 -> replaced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), "");
            case 5 -> {
                int from = random.nextInt(bytes.length + 1);
                int to = Math.min(bytes.length, from + random.nextInt(60));
                yield replaced(bytes, at, at, text(Arrays.copyOfRange(bytes, from, to)));
            }
            default -> flipped(flipped(flipped(bytes, random), random), random);
        };
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    private static byte[] otherNumber(byte[] bytes, SplittableRandom random) {
        Matcher number = NUMBER.matcher(text(bytes));
        if (!number.find(random.nextInt(bytes.length + 1))) {
            return bytes;
        }
        return replaced(bytes, number.start(), number.end(), NUMBERS[random.nextInt(NUMBERS.length)]);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, String by) {
        String text = text(bytes);
        return (text.substring(0, from) + by + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
