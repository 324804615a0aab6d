package dev.lossforge.processor.ir;

import java.util.List;

/**
 * A part of a formula: an expression in it that is reported next to the value and does not affect it.
 *
 * @param guards the conditions under which control reaches the part, outermost first
 * @param marked the expression; no free indices
 */
public record Part(String name, List<Guard> guards, Expr marked) {

    public Part {
        guards = List.copyOf(guards);
    }

    /** A condition, and the outcome for which control continues to the part. */
    public record Guard(Expr condition, boolean holds) {}

    /** The reported value: the marked expression if control reaches it, else 0. */
    public Expr value(Exprs exprs) {
        Expr zero = exprs.constant(0.0);
        Expr value = marked;
        for (Guard guard : guards.reversed()) {
            value = guard.holds()
                    ? exprs.select(guard.condition(), value, zero)
                    : exprs.select(guard.condition(), zero, value);
        }
        return value;
    }
}
