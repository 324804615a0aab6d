package dev.lossforge.processor.testing;

/**
 * How many random cases a test tries: some in every build, and more with {@code -Dlossforge.thorough=true}, as
 * continuous integration runs it.
 */
public final class Effort {
    private static final boolean THOROUGH = Boolean.getBoolean("lossforge.thorough");

    private Effort() {}

    /** The number that a system property gives, or else the usual one, or twice as many. */
    public static int of(String property, int usual) {
        return of(property, usual, 2 * usual);
    }

    /** The number that a system property gives, or else the usual or the thorough one. */
    public static int of(String property, int usual, int thorough) {
        return Integer.getInteger(property, THOROUGH ? thorough : usual);
    }
}
