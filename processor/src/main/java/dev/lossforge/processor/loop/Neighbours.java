package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are the same for other entries: {@code logSumExp(z[t + 1])} is that of the next row. What a loop
 * needs of this row and of the next is then computed once for all rows.
 */
final class Neighbours {
    private final Exprs exprs;
    private final ExtentClasses extents;
    private final Map<Expr, Optional<Neighbour>> known = new IdentityHashMap<>();
    private final Map<Expr, Set<List<Object>>> places = new IdentityHashMap<>();

    Neighbours(Exprs exprs, ExtentClasses extents) {
        this.exprs = exprs;
        this.extents = extents;
    }

    /**
     * A value as one of all entries of an axis.
     *
     * @param value over an index of the whole axis
     * @param own that index
     * @param shift from the index of the original value to the position on the axis
     * @param from the index of the original value
     */
    record Neighbour(Expr value, Expr.Index own, int shift, Expr.Index from) {

        private boolean isShifted() {
            return shift != 0 || own != from;
        }

        /** Whether all positions are on the axis. */
        private boolean isInside() {
            return shift == 0 && own.extent() == from.extent()
                    || shift >= 0
                            && from.extent() instanceof Expr.Binary b
                            && b.op() == BinaryOp.SUBTRACT
                            && b.left() == own.extent()
                            && b.right() instanceof Expr.IntConstant c
                            && shift <= c.value();
        }

        /**
         * The value, read from a table; NaN where there is no such entry.
         *
         * @param entry the entry of the table at a position of the axis
         */
        Expr read(Exprs exprs, Function<Expr, Expr> entry) {
            Expr at = shift == 0 ? from : exprs.binary(BinaryOp.ADD, from, exprs.constant(shift));
            if (isInside()) {
                return entry.apply(at);
            }
            Expr last = exprs.binary(BinaryOp.SUBTRACT, own.extent(), exprs.constant(1));
            Expr inside = exprs.binary(BinaryOp.MAX, exprs.binary(BinaryOp.MIN, at, last), exprs.constant(0));
            Expr exists = exprs.binary(
                    BinaryOp.AND,
                    exprs.compare(Comparison.GREATER_OR_EQUAL, at, exprs.constant(0)),
                    exprs.compare(Comparison.LESS, at, own.extent()));
            return exprs.select(exists, entry.apply(inside), exprs.constant(Double.NaN));
        }
    }

    /** Remembers that a program needs a value. */
    void meet(Expr node) {
        of(node).ifPresent(n -> places.computeIfAbsent(n.value(), v -> new HashSet<>())
                .add(List.of(n.shift(), exprs.order(n.from().extent()))));
    }

    /** The form of a value that is needed for entries at several distances, if it is not itself in that form. */
    Optional<Neighbour> shared(Expr node) {
        return of(node).filter(n ->
                n.isShifted() && places.getOrDefault(n.value(), Set.of()).size() > 1);
    }

    private Optional<Neighbour> of(Expr node) {
        return known.computeIfAbsent(node, this::find);
    }

    private Optional<Neighbour> find(Expr node) {
        if (node.type() != Type.FLOAT || exprs.freeIndices(node).size() != 1) {
            return Optional.empty();
        }
        Expr.Index from = exprs.freeIndices(node).iterator().next();
        Axis axis = new Axis(from);
        if (!axis.isOnlyOneIn(node) || axis.extent == null) {
            return Optional.empty();
        }
        Expr.Index own = exprs.index(Exprs.FIRST_LOOP_NUMBER, axis.extent);
        Expr position = axis.shift == 0 ? own : exprs.binary(BinaryOp.SUBTRACT, own, exprs.constant(axis.shift));
        Expr value = Affine.normal(exprs, Substitution.of(exprs, from, position).apply(node));
        return Optional.of(new Neighbour(value, own, axis.shift, from));
    }

    /** The axis of inputs on which a value reads one entry, at a distance from its index. */
    private final class Axis {
        private final Expr.Index index;
        private final Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private Expr.@Nullable Extent extent;
        private int shift;

        Axis(Expr.Index index) {
            this.index = index;
        }

        /** Whether a value depends on the index only by entries at that distance, all of axes as long as each other. */
        boolean isOnlyOneIn(Expr node) {
            if (!exprs.freeIndices(node).contains(index) || !seen.add(node)) {
                return true;
            }
            return switch (node) {
                case Expr.Load l -> areHere(l);
                case Expr.Unary u -> u.type() != Type.INT && isOnlyOneIn(u.operand());
                case Expr.Binary b -> b.type() != Type.INT && isOnlyOneIn(b.left()) && isOnlyOneIn(b.right());
                case Expr.Compare c -> isOnlyOneIn(c.left()) && isOnlyOneIn(c.right());
                case Expr.Select s ->
                    isOnlyOneIn(s.condition()) && isOnlyOneIn(s.whenTrue()) && isOnlyOneIn(s.whenFalse());
                case Expr.Reduce r -> !exprs.freeIndices(r.index()).contains(index) && isOnlyOneIn(r.body());
                default -> false;
            };
        }

        private boolean areHere(Expr.Load load) {
            for (int axis = 0; axis < load.indices().size(); axis++) {
                if (exprs.freeIndices(load.indices().get(axis)).contains(index)
                        && !isHere(load.indices().get(axis), extents.of(load.input(), axis))) {
                    return false;
                }
            }
            return true;
        }

        private boolean isHere(Expr at, Expr.Extent of) {
            Optional<Integer> distance = Affine.of(exprs, at)
                    .filter(a -> a.count(index) == 1 && a.counts().size() == 1)
                    .filter(a -> a.rest() instanceof Expr.IntConstant)
                    .map(a -> ((Expr.IntConstant) a.rest()).value());
            boolean isFirst = extent == null;
            if (distance.isPresent() && isFirst) {
                extent = of;
                shift = distance.get();
            }
            return distance.isPresent() && extent == of && shift == distance.get();
        }
    }
}
