package dev.lossforge.runtime.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksum that a file contains of itself: the SHA-256 of all its bytes, with zeros in place of the 64 digits of
 * the checksum. A JSON text has it as its first member, {@code "sha256"}.
 */
final class Seal {
    static final String NAME = "sha256";

    /** The placeholder for the checksum while it is computed. */
    static final String BLANK = "0".repeat(64);

    private static final Pattern MEMBER = Pattern.compile('"' + NAME + "\": ?\"([0-9a-f]{64})\"");

    private Seal() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The position of the digits in a JSON text, if it has any. */
    static OptionalInt find(byte[] json) {
        Matcher member = MEMBER.matcher(new String(json, StandardCharsets.ISO_8859_1));
        return member.find() ? OptionalInt.of(member.start(1)) : OptionalInt.empty();
    }

    /** The digits from {@code position} on. */
    static String at(byte[] json, int position) {
        return new String(json, position, BLANK.length(), StandardCharsets.ISO_8859_1);
    }

    static void set(byte[] json, int position, String digits) {
        System.arraycopy(digits.getBytes(StandardCharsets.ISO_8859_1), 0, json, position, digits.length());
    }

    /** A copy with zeros for the digits. */
    static byte[] blanked(byte[] json, int position) {
        byte[] blanked = Arrays.copyOf(json, json.length);
        set(blanked, position, BLANK);
        return blanked;
    }
}
