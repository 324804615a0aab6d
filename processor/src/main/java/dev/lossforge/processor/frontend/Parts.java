package dev.lossforge.processor.frontend;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Part;
import dev.lossforge.processor.ir.Part.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts that a formula has marked so far, and where the reader is among conditions and lambdas: what must hold for
 * control to come there. A condition only tells when a part counts; it changes nothing in what is read.
 */
final class Parts {

    private final List<Part> marked = new ArrayList<>();
    private List<Guard> guards = List.of();
    private boolean inLambda;

    /** All parts, in order of reading. */
    List<Part> marked() {
        return Collections.unmodifiableList(marked);
    }

    boolean isTaken(String name) {
        return marked.stream().anyMatch(p -> p.name().equals(name));
    }

    /** Whether what is being read has a value for each index of a lambda. */
    boolean isInLambda() {
        return inLambda;
    }

    /** Marks an expression, which is reported where control comes here. */
    void mark(String name, Expr expr) {
        marked.add(new Part(name, guards, expr));
    }

    /** Reads what control comes to only where a condition holds, or only where it does not. */
    <T> T under(Expr condition, boolean holds, Supplier<T> reader) {
        return under(List.of(new Guard(condition, holds)), reader);
    }

    /** Reads what control comes to under several conditions beside those that are around. */
    <T> T under(List<Guard> more, Supplier<T> reader) {
        List<Guard> outer = guards;
        guards = new ArrayList<>(outer);
        guards.addAll(more);
        try {
            return reader.get();
        } finally {
            guards = outer;
        }
    }

    /** Reads the body of a lambda. */
    <T> T inLambda(Supplier<T> reader) {
        boolean outer = inLambda;
        inLambda = true;
        try {
            return reader.get();
        } finally {
            inLambda = outer;
        }
    }
}
