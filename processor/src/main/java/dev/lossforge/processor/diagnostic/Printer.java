package dev.lossforge.processor.diagnostic;

/**
 * Shows messages at places in the source.
 *
 * @param <P> a place in a source file
 */
public interface Printer<P> {

    void print(Severity severity, String text, P position);

    /**
     * Whether the user has switched this warning off where it stands, by {@code @SuppressWarnings("ID")}, or all our
     * warnings by {@code @SuppressWarnings("lossforge")}.
     */
    boolean isSuppressed(String id, P position);
}
