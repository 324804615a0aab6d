package dev.lossforge.processor.frontend;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Part;
import dev.lossforge.processor.ir.Part.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parts that a formula has marked so far, and the position of the reader among conditions and lambdas. The
 * conditions determine only when a part counts; they do not change what is read.
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

    /** Whether the reader is inside a lambda, where an expression has a value for each index. */
    boolean isInLambda() {
        return inLambda;
    }

    /** Marks an expression, which is reported if control reaches this position. */
    void mark(String name, Expr expr) {
        marked.add(new Part(name, guards, expr));
    }

    /** Reads code that control reaches only if a condition holds, or only if it does not. */
    <T> T under(Expr condition, boolean holds, Supplier<T> reader) {
        return under(List.of(new Guard(condition, holds)), reader);
    }

    /** Reads code that control reaches under several further conditions. */
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
