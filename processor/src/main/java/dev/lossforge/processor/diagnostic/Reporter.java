package dev.lossforge.processor.diagnostic;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports messages of the catalogue, each once for a position and text, however often a helper method is read. It also
 * counts the errors. A formula with errors is not compiled further, but is read to its end, so that all its errors are
 * reported.
 *
 * @param <P> a position in a source file
 */
public final class Reporter<P> {

    private final Printer<P> printer;
    private final Set<List<Object>> told = new HashSet<>();
    private @Nullable P formula;
    private int errors;

    public Reporter(Printer<P> printer) {
        this.printer = printer;
    }

    /**
     * Begins a formula. A warning that is suppressed at its declaration is also suppressed in the helpers that it
     * calls.
     */
    public void enter(P declaration) {
        formula = declaration;
    }

    /** Reports a message; the arguments fill in its text and its advice. */
    public void report(P position, Message message, Object... arguments) {
        tell(position, message, message.text(arguments), message.advice(arguments));
    }

    /** Reports a message. A remedy, if there is one, replaces the general advice. */
    public void report(P position, Optional<String> remedy, Message message, Object... arguments) {
        tell(position, message, message.text(arguments), remedy.orElseGet(() -> message.advice(arguments)));
    }

    /** Reports a message. A suggestion, if there is one, replaces the general advice. */
    public void suggest(P position, Optional<String> suggestion, Message message, Object... arguments) {
        report(position, suggestion.map("Did you mean '%s'?"::formatted), message, arguments);
    }

    /** The number of errors so far. */
    public int errors() {
        return errors;
    }

    private void tell(P position, Message message, String text, String advice) {
        if (message.severity() == Severity.WARNING && isSuppressed(message.id(), position)) {
            return;
        }
        if (told.add(List.of(position, text))) {
            errors += message.severity() == Severity.ERROR ? 1 : 0;
            printer.print(message.severity(), format(message, text, advice), position);
        }
    }

    private boolean isSuppressed(String id, P position) {
        return printer.isSuppressed(id, position) || formula != null && printer.isSuppressed(id, formula);
    }

    private static String format(Message message, String text, String advice) {
        return "[%s] %s%n  %s   (%s)".formatted(message.id(), text, advice, message.page());
    }
}
