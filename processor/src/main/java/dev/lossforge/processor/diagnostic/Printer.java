package dev.lossforge.processor.diagnostic;

/**
 * Shows messages at places in the source.
 *
 * @param <P> a place in a source file
 */
public interface Printer<P> {

    void print(Severity severity, String text, P position);

    /** Whether the user has switched this warning off at the position, by {@code @SuppressWarnings("lossforge:ID")}. */
    boolean isSuppressed(String id, P position);
}
