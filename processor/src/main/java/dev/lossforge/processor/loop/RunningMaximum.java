package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import java.util.Optional;

/**
 * The greatest of the first or of the last terms of a sequence, as exponentials are taken relative to it.
 *
 * @param value the maximum, for one value of the outer index
 */
record RunningMaximum(Exprs exprs, Expr.Reduce value, Running sequence) {

    static Optional<RunningMaximum> of(Exprs exprs, Expr node) {
        return node instanceof Expr.Reduce r && r.op() == ReduceOp.MAX
                ? Running.of(exprs, r).map(s -> new RunningMaximum(exprs, r, s))
                : Optional.empty();
    }

    Expr.Index outer() {
        return sequence.outer();
    }

    /** The number of all terms. */
    Expr count() {
        return sequence.index().extent();
    }

    /** The term at a position. */
    Expr term(Expr position) {
        return Affine.normal(
                exprs, Substitution.of(exprs, sequence.index(), position).apply(sequence.term()));
    }

    /** The maximum for another value of the outer index. */
    Expr at(Expr position) {
        return Affine.normal(exprs, Substitution.of(exprs, outer(), position).apply(value));
    }

    /** The position of the term that the maximum for a value of the outer index is the first to have. */
    Affine boundAt(Expr.Index position) {
        return Affine.of(exprs, position).orElseThrow().plus(exprs, offset(), BinaryOp.ADD);
    }

    /** The maximum without the term at a position, which is the last one that it would have. */
    Expr before(Affine position) {
        return upTo(sequence.last() ? position.plusOne(exprs) : position.minusOne(exprs));
    }

    /** The maximum of the terms up to a position and with it, or from it on. */
    private Expr upTo(Affine bound) {
        if (!sequence.last()) {
            return exprs.reduce(ReduceOp.MAX, bound.plusOne(exprs).sum(exprs), this::term);
        }
        Expr first = bound.sum(exprs);
        return exprs.reduce(
                ReduceOp.MAX,
                count(),
                j -> exprs.select(
                        exprs.compare(Comparison.GREATER_OR_EQUAL, j, first),
                        term(j),
                        exprs.constant(Double.NEGATIVE_INFINITY)));
    }

    /** The position of the last of the first terms, or of the first of the last ones, beyond the outer index. */
    Affine offset() {
        return sequence.bound().withoutIndex(outer());
    }

    /** Whether the bound is the outer index and something that does not depend on any. */
    boolean isSteady() {
        return sequence.bound().count(outer()) == 1 && offset().counts().isEmpty();
    }
}
