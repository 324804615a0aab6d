package dev.lossforge.processor.diagnostic;

/**
 * Shows messages at positions in the source.
 *
 * @param <P> a position in a source file
 */
public interface Printer<P> {

    void print(Severity severity, String text, P position);

    /**
     * Whether the user has suppressed this warning at the position, by {@code @SuppressWarnings("ID")}, or all our
     * warnings by {@code @SuppressWarnings("lossforge")}.
     */
    boolean isSuppressed(String id, P position);
}
