package dev.lossforge.processor.frontend;

import dev.lossforge.processor.ir.Expr;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a sequence of statements: it may leave the method at some exits, and it may reach its end.
 *
 * @param exits the exits in order; one is taken if its condition holds and no earlier one was taken
 * @param end the variables at the end; empty if every path has left the method before
 */
record Outcome(List<Exit> exits, Optional<Environment> end) {

    /** A {@code return} or {@code yield}, with the condition under which control reaches it. */
    record Exit(Expr condition, Value value) {}

    static Outcome continuing(Environment end) {
        return new Outcome(List.of(), Optional.of(end));
    }
}
