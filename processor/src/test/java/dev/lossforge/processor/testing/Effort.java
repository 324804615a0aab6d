package dev.lossforge.processor.testing;

/**
 * How many random cases a test tries: some in every build, and four times as many with
 * {@code -Dlossforge.thorough=true}, as continuous integration runs it.
 */
public final class Effort {

    private static final int FACTOR = Boolean.getBoolean("lossforge.thorough") ? 4 : 1;

    private Effort() {}

    /** The number that a system property gives, or else the usual one times the factor. */
    public static int of(String property, int usual) {
        return Integer.getInteger(property, usual * FACTOR);
    }
}
