package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.ir.IndexArithmetic.combine;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rules for reductions over a part of a sequence, each of which has several spellings. First entries are counted,
 * {@code max(i + 1, j → x[j])}, and last ones picked out of all, {@code max(n, j → j ≥ i ? x[j] : −∞)}: as such they
 * are known to be steps of one pass over the sequence.
 */
final class RangeRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "backwards", "op(i + 1, j → x[i − j])", "op(i + 1, j → x[j])", REASSOCIATES, RangeRules::backwards),
            new Rule(
                    "last-entries",
                    "op(n − i, j → x[i + j])",
                    "op(n, j → j ≥ i ? x[j] : identity)",
                    EXACT,
                    RangeRules::lastEntries),
            new Rule(
                    "first-entries",
                    "op(n, j → j ≤ i ? x[j] : identity)",
                    "op(i + 1, j → x[j])",
                    EXACT,
                    RangeRules::firstEntries));

    private RangeRules() {}

    private static @Nullable Expr backwards(Expr node, Exprs e) {
        Part part = Part.of(node, e);
        if (part == null || part.sign() != 1 || !(part.extent().rest() instanceof Expr.IntConstant)) {
            return null;
        }
        Expr.Reduce r = part.reduce();
        Expr.Index index = e.freshIndex(part.outer().extent()); // the reduction's own depends on the outer one
        Expr last = part.extent().minusOne(e).rest();
        return part.shifted(e, -1, index, last)
                .filter(body -> !e.freeIndices(body).contains(part.outer()))
                .map(body -> e.reduce(
                        r.op(),
                        r.index().extent(),
                        j -> Substitution.of(e, index, j).apply(body)))
                .orElse(null);
    }

    /** Only of a sequence that is the same for all i: otherwise there would be more to do, for nothing. */
    private static @Nullable Expr lastEntries(Expr node, Exprs e) {
        Part part = Part.of(node, e);
        if (part == null || part.sign() != -1) {
            return null;
        }
        Expr all = part.outer().extent();
        OptionalInt missing = missing(all, part.extent().rest());
        if (missing.isEmpty() || !Extents.isKnown(all)) {
            return null;
        }
        Expr ahead = e.constant(missing.getAsInt());
        Expr.Index index = e.freshIndex(all);
        return part.shifted(e, 1, index, ahead)
                .filter(body -> !e.freeIndices(body).contains(part.outer()))
                .map(body -> {
                    Expr first = combine(e, BinaryOp.ADD, part.outer(), ahead);
                    Expr isLast = e.compare(Comparison.GREATER_OR_EQUAL, index, first);
                    ReduceOp op = part.reduce().op();
                    double identity = op.identity().orElseThrow();
                    return e.reduce(op, index, e.select(isLast, body, e.constant(identity)));
                })
                .orElse(null);
    }

    /** By how many a count falls short of all; empty if that is not known, or if it exceeds all. */
    private static OptionalInt missing(Expr all, Expr count) {
        if (count == all) {
            return OptionalInt.of(0);
        }
        return count instanceof Expr.Binary b
                        && b.op() == BinaryOp.SUBTRACT
                        && b.left() == all
                        && b.right() instanceof Expr.IntConstant c
                        && c.value() >= 0
                ? OptionalInt.of(c.value())
                : OptionalInt.empty();
    }

    private static @Nullable Expr firstEntries(Expr node, Exprs e) {
        if (!(node instanceof Expr.Reduce r) || r.op() == ReduceOp.SUM || !(r.body() instanceof Expr.Select s)) {
            return null;
        }
        OptionalDouble identity = r.op().identity();
        if (identity.isEmpty()
                || !(s.condition() instanceof Expr.Compare c)
                || c.left().type() != Type.INT) {
            return null;
        }
        boolean holds = Patterns.isConstant(s.whenFalse(), identity.getAsDouble());
        if (!holds && !Patterns.isConstant(s.whenTrue(), identity.getAsDouble())) {
            return null;
        }
        Expr count = countBefore(r.index(), c, holds, e);
        if (count == null) {
            return null;
        }
        Expr.Index index = e.freshIndex(count);
        Expr body = holds ? s.whenTrue() : s.whenFalse();
        return e.reduce(r.op(), index, Substitution.of(e, r.index(), index).apply(body));
    }

    /** How many values an index has of which a comparison with another one of as many holds, if it is the first. */
    private static @Nullable Expr countBefore(Expr.Index index, Expr.Compare c, boolean holds, Exprs e) {
        Comparison op = holds ? c.op() : c.op().opposite();
        boolean left = c.left() == index;
        Expr bound = left ? c.right() : c.left();
        if (!left && c.right() != index || !isOfAsMany(bound, index)) {
            return null;
        }
        return switch (op) {
            case LESS -> left ? bound : null;
            case LESS_OR_EQUAL -> left ? e.binary(BinaryOp.ADD, bound, e.constant(1)) : null;
            case GREATER -> left ? null : bound;
            case GREATER_OR_EQUAL -> left ? null : e.binary(BinaryOp.ADD, bound, e.constant(1));
            case EQUAL, NOT_EQUAL -> null;
        };
    }

    private static boolean isOfAsMany(Expr bound, Expr.Index index) {
        return bound instanceof Expr.Index other && other.extent() == index.extent() && Extents.isKnown(index.extent());
    }

    /**
     * A reduction over so many entries as an outer index tells.
     *
     * @param sign whether there are more of them, 1, or fewer, −1, where the outer index is greater
     */
    private record Part(Expr.Reduce reduce, Affine extent, Expr.Index outer, int sign) {

        static @Nullable Part of(Expr node, Exprs e) {
            if (!(node instanceof Expr.Reduce r) || !isForgiving(r)) {
                return null;
            }
            Affine extent = Affine.of(e, r.index().extent()).orElse(null);
            if (extent == null || extent.counts().size() != 1) {
                return null;
            }
            Map.Entry<Expr.Index, Integer> outer =
                    extent.counts().entrySet().iterator().next();
            return Math.abs(outer.getValue()) == 1 ? new Part(r, extent, outer.getKey(), outer.getValue()) : null;
        }

        /** Whether it does not matter in which order the entries come, and who else is there. */
        private static boolean isForgiving(Expr.Reduce r) {
            return r.op() == ReduceOp.SUM && r.type() == Type.FLOAT || r.op() == ReduceOp.LOG_SUM_EXP;
        }

        /**
         * The body as a function of a position, {@code outer + relative·index + offset}, whose index is given; empty if
         * the reduction's own index occurs otherwise than in a multiple, 1 or −1, of that, and a rest.
         */
        Optional<Expr> shifted(Exprs e, int relative, Expr.Index position, Expr offset) {
            Expr body = shifted(e, reduce.body(), relative, position, offset, new IdentityHashMap<>());
            return e.freeIndices(body).contains(reduce.index()) ? Optional.empty() : Optional.of(body);
        }

        private Expr shifted(Exprs e, Expr node, int relative, Expr.Index position, Expr offset, Map<Expr, Expr> done) {
            if (!e.freeIndices(node).contains(reduce.index())) {
                return node;
            }
            Expr known = done.get(node);
            if (known == null) {
                Optional<Affine> sum = node.type() == Type.INT ? Affine.of(e, node) : Optional.empty();
                known = sum.filter(a -> a.counts().size() == 2 && Math.abs(a.count(outer)) == 1)
                        .filter(a -> a.count(reduce.index()) == relative * a.count(outer))
                        .map(a -> a.count(outer) == 1
                                ? combine(e, BinaryOp.ADD, position, combine(e, BinaryOp.SUBTRACT, a.rest(), offset))
                                : combine(e, BinaryOp.SUBTRACT, combine(e, BinaryOp.ADD, a.rest(), offset), position))
                        .orElseGet(() -> Rebuild.with(e, node, n -> shifted(e, n, relative, position, offset, done)));
                done.put(node, known);
            }
            return known;
        }
    }
}
