package dev.lossforge.processor.ir;

import java.util.List;

/**
 * A part of a formula: an expression in it that is reported beside the value, which does not know of it.
 *
 * @param guards what decides whether control comes to the part, outermost first
 * @param marked the expression; no free indices
 */
public record Part(String name, List<Guard> guards, Expr marked) {

    public Part {
        guards = List.copyOf(guards);
    }

    /** A condition, and whether it holds where control goes on. */
    public record Guard(Expr condition, boolean holds) {}

    /** What is reported: the marked expression where control comes to it, 0 elsewhere. */
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
