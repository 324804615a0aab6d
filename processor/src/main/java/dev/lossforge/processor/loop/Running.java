package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Extents;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A sum of the first or the last terms of a sequence, whose number depends on an outer index: {@code sum(i + 1, j →
 * p[j])}, and in its gradient the sum over i of {@code (j < i + 1 ? g[i] : 0)}. The sums for all values of the outer
 * index are the running sums of one pass over the terms. So are maxima and minima.
 *
 * @param op SUM, MAX or MIN
 * @param index the index of the terms
 * @param product the terms; its rest does not depend on the outer index
 * @param outer the outer index, of the same extent
 * @param last whether it is a sum of last terms
 * @param bound the position of the last one of the first terms, or of the first one of the last terms; there may be
 *     none
 */
record Running(ReduceOp op, Expr.Index index, Factors product, Expr.Index outer, boolean last, Affine bound) {

    /** The expression that is summed. */
    Expr term() {
        return product.rest();
    }

    static Optional<Running> of(Exprs exprs, Expr.Reduce sum) {
        if (!isOp(sum.op()) || sum.type() != Type.FLOAT) {
            return Optional.empty();
        }
        return candidate(exprs, sum).filter(r -> r.isOneSequence(exprs));
    }

    /** The same, but the terms may depend on the outer index, too. */
    static Optional<Running> candidate(Exprs exprs, Expr.Reduce sum) {
        return Extents.isKnown(sum.index().extent()) ? guarded(exprs, sum) : counted(exprs, sum);
    }

    static boolean isOp(ReduceOp op) {
        return switch (op) {
            case SUM, MAX, MIN -> true;
            case PRODUCT, LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM, ARG_MAX, ARG_MIN -> false;
        };
    }

    private boolean isOneSequence(Exprs exprs) {
        return index.extent() == all(exprs, outer).orElse(null)
                && !exprs.freeIndices(term()).contains(outer)
                && exprs.freeIndices(term()).contains(index);
    }

    /** The total number of positions, for an index that runs over the first of them, possibly in several steps. */
    private static Optional<Expr> all(Exprs exprs, Expr.Index index) {
        return Extents.isKnown(index.extent())
                ? Optional.of(index.extent())
                : Affine.of(exprs, index.extent())
                        .filter(Running::isOfFirst)
                        .flatMap(e -> all(exprs, e.counts().keySet().iterator().next()));
    }

    private static boolean isOfFirst(Affine extent) {
        return isOfOneIndex(extent)
                && extent.counts().containsValue(1)
                && extent.rest() instanceof Expr.IntConstant c
                && c.value() <= 1;
    }

    /** Recognises a reduction whose extent gives the number of terms. */
    private static Optional<Running> counted(Exprs exprs, Expr.Reduce sum) {
        return Affine.of(exprs, sum.index().extent())
                .filter(Running::isOfOneIndex)
                .flatMap(extent -> {
                    Expr.Index outer = extent.counts().keySet().iterator().next();
                    int sign = extent.count(outer);
                    boolean isWithin = isOfFirst(extent) || sign == -1 && isAtMost(outer.extent(), extent.rest());
                    return all(exprs, outer).filter(n -> isWithin).map(n -> {
                        Expr.Index all = exprs.freshIndex(n);
                        Expr term = Substitution.of(exprs, sum.index(), all).apply(sum.body());
                        Factors product =
                                sum.op() == ReduceOp.SUM ? Factors.without(exprs, term, all, outer) : Factors.of(term);
                        return new Running(sum.op(), all, product, outer, false, extent.minusOne(exprs));
                    });
                });
    }

    private static boolean isOfOneIndex(Affine extent) {
        return extent.counts().size() == 1;
    }

    private static boolean isAtMost(Expr extent, Expr count) {
        return count == extent
                || count instanceof Expr.Binary b
                        && b.op() == BinaryOp.SUBTRACT
                        && b.left() == extent
                        && b.right() instanceof Expr.IntConstant c
                        && c.value() >= 0;
    }

    /** Recognises a reduction whose terms do not count unless a comparison of its index with another one holds. */
    private static Optional<Running> guarded(Exprs exprs, Expr.Reduce sum) {
        List<Expr> conditions = new ArrayList<>();
        Expr value = sum.body();
        double identity = sum.op().identity().orElseThrow();
        while (value instanceof Expr.Select s
                && (isConstant(s.whenFalse(), identity) || isConstant(s.whenTrue(), identity))) {
            boolean holds = isConstant(s.whenFalse(), identity);
            split(exprs, s.condition(), holds, conditions);
            value = holds ? s.whenTrue() : s.whenFalse();
        }
        Running found = null;
        boolean masked = false;
        for (Expr condition : conditions.reversed()) {
            Optional<Running> running = bounded(exprs, sum.index(), condition);
            if (running.isPresent() && found == null) {
                found = running.get();
                value = where(exprs, condition, value, new IdentityHashMap<>());
            } else {
                value = exprs.select(condition, value, exprs.constant(identity));
                masked = true;
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        Factors product = masked || sum.op() != ReduceOp.SUM
                ? Factors.of(value)
                : Factors.without(exprs, value, found.index, found.outer);
        return Optional.of(new Running(sum.op(), found.index, product, found.outer, found.last, found.bound));
    }

    static boolean isConstant(Expr node, double value) {
        return node instanceof Expr.Constant c && c.value() == value;
    }

    /** A value where a condition holds, which choices in it ask for, too. */
    private static Expr where(Exprs exprs, Expr condition, Expr value, Map<Expr, Expr> done) {
        Expr known = done.get(value);
        if (known == null) {
            known = value instanceof Expr.Select s && s.condition() == condition
                    ? where(exprs, condition, s.whenTrue(), done)
                    : value instanceof Expr.Select s && condition == exprs.unary(UnaryOp.NOT, s.condition())
                            ? where(exprs, condition, s.whenFalse(), done)
                            : Rebuild.with(exprs, value, n -> where(exprs, condition, n, done));
            done.put(value, known);
        }
        return known;
    }

    private static void split(Exprs exprs, Expr condition, boolean holds, List<Expr> conditions) {
        if (condition instanceof Expr.Binary b && b.op() == (holds ? BinaryOp.AND : BinaryOp.OR)) {
            split(exprs, b.left(), holds, conditions);
            split(exprs, b.right(), holds, conditions);
        } else {
            conditions.add(holds ? condition : exprs.unary(UnaryOp.NOT, condition));
        }
    }

    /** The bound that a comparison gives for the index, without the term. */
    private static Optional<Running> bounded(Exprs exprs, Expr.Index index, Expr condition) {
        boolean not = condition instanceof Expr.Unary u && u.op() == UnaryOp.NOT;
        Expr compared = not ? ((Expr.Unary) condition).operand() : condition;
        if (!(compared instanceof Expr.Compare c) || c.left().type() != Type.INT) {
            return Optional.empty();
        }
        return Affine.of(exprs, c.left())
                .flatMap(l -> Affine.of(exprs, c.right()).map(r -> l.plus(exprs, r, BinaryOp.SUBTRACT)))
                .filter(d -> Math.abs(d.count(index)) == 1 && d.counts().size() == 2)
                .flatMap(d -> bounded(exprs, index, d, not ? c.op().opposite() : c.op()));
    }

    /** The bound that {@code difference ⋚ 0} gives, in which the index has the factor 1 or −1. */
    private static Optional<Running> bounded(Exprs exprs, Expr.Index index, Affine difference, Comparison op) {
        boolean flips = difference.count(index) == 1;
        Affine others = flips ? difference.negated(exprs) : difference;
        Affine position = others.withoutIndex(index);
        Expr.Index outer = position.counts().keySet().iterator().next();
        if (Math.abs(position.count(outer)) != 1) {
            return Optional.empty();
        }
        Comparison ofIndex = flips ? op : op.mirrored();
        return switch (ofIndex) {
            case LESS ->
                Optional.of(
                        new Running(ReduceOp.SUM, index, Factors.of(index), outer, false, position.minusOne(exprs)));
            case LESS_OR_EQUAL ->
                Optional.of(new Running(ReduceOp.SUM, index, Factors.of(index), outer, false, position));
            case GREATER ->
                Optional.of(new Running(ReduceOp.SUM, index, Factors.of(index), outer, true, position.plusOne(exprs)));
            case GREATER_OR_EQUAL ->
                Optional.of(new Running(ReduceOp.SUM, index, Factors.of(index), outer, true, position));
            case EQUAL, NOT_EQUAL -> Optional.empty();
        };
    }

    /** Whether the bound is a position of the sequence whatever the outer index is. */
    private boolean isInside(Exprs exprs) {
        return bound.positionOf(exprs).filter(i -> i.extent() == index.extent()).isPresent();
    }

    /**
     * The sum, read from the table of running sums. Entry k of the table is the sum up to and including term k, or from
     * term k on.
     *
     * @param place rewrites the parts of other expressions
     * @param entry reads the table at a position of the sequence
     */
    Expr read(Exprs exprs, UnaryOperator<Expr> place, UnaryOperator<Expr> entry) {
        Expr sum = bound.sum(exprs);
        Expr at = place.apply(sum);
        if (isInside(exprs)) {
            return product.times(exprs, entry.apply(at), place);
        }
        Expr greatest = exprs.binary(BinaryOp.SUBTRACT, index.extent(), exprs.constant(1));
        Expr inside = exprs.binary(BinaryOp.MAX, exprs.binary(BinaryOp.MIN, at, greatest), exprs.constant(0));
        Expr hasTerms = last
                ? exprs.compare(Comparison.LESS, at, index.extent())
                : exprs.compare(Comparison.GREATER_OR_EQUAL, at, exprs.constant(0));
        return exprs.select(
                hasTerms,
                product.times(exprs, entry.apply(inside), place),
                exprs.constant(op.identity().orElseThrow()));
    }
}
