package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of an index at which an expression reaches a position: {@code k + 1} reaches i at {@code i − 1}, and
 * {@code argSort(…)[k]} at {@code rank(…)[i]}.
 *
 * @param guards the conditions under which such a value exists
 */
public record Inversion(Expr.Index index, Expr solution, List<Expr> guards) {

    /**
     * Solves an expression for its index; empty if a position does not determine the index.
     *
     * @param position never negative; an index, or an entry of an order that is inside it
     */
    public static Optional<Inversion> of(Exprs exprs, Expr at, Expr position) {
        return new Search(exprs).solve(at, position);
    }

    private static final class Search {
        private final Exprs exprs;
        private final List<Expr> guards = new ArrayList<>();

        Search(Exprs exprs) {
            this.exprs = exprs;
        }

        Optional<Inversion> solve(Expr at, Expr position) {
            return switch (at) {
                case Expr.Index loop -> Optional.of(solved(loop, position));
                case Expr.Binary b -> difference(b, position);
                case Expr.Order o -> permuted(o, position);
                default -> Optional.empty();
            };
        }

        private Optional<Inversion> difference(Expr.Binary at, Expr position) {
            if (at.left() instanceof Expr.Index loop && isFixed(at.right())) {
                return switch (at.op()) {
                    case ADD -> Optional.of(solved(loop, combine(BinaryOp.SUBTRACT, position, at.right())));
                    case SUBTRACT -> Optional.of(solved(loop, combine(BinaryOp.ADD, position, at.right())));
                    default -> Optional.empty();
                };
            }
            if (at.right() instanceof Expr.Index loop && isFixed(at.left())) {
                return switch (at.op()) {
                    case ADD -> Optional.of(solved(loop, combine(BinaryOp.SUBTRACT, position, at.left())));
                    case SUBTRACT -> Optional.of(solved(loop, combine(BinaryOp.SUBTRACT, at.left(), position)));
                    default -> Optional.empty();
                };
            }
            return Optional.empty();
        }

        /**
         * The keys must not depend on the index that is solved for, because they would then differ for each of its
         * values.
         */
        private Optional<Inversion> permuted(Expr.Order at, Expr position) {
            Expr back = exprs.orderEntry(at.op().inverse(), at.index(), at.key(), position);
            if (!isPosition(back)) {
                guards.add(exprs.compare(Comparison.GREATER_OR_EQUAL, back, exprs.constant(0)));
            }
            return solve(at.at(), back).filter(i -> !exprs.freeIndices(at.key()).contains(i.index()));
        }

        private Inversion solved(Expr.Index loop, Expr solution) {
            if (!isPosition(solution)) {
                guards.add(exprs.compare(Comparison.GREATER_OR_EQUAL, solution, exprs.constant(0)));
            }
            if (!isOver(loop.extent(), solution)) {
                guards.add(exprs.compare(Comparison.LESS, solution, loop.extent()));
            }
            return new Inversion(loop, solution, List.copyOf(guards));
        }

        /** Whether a position is never negative, whatever the sizes are. */
        private boolean isPosition(Expr node) {
            return indexOf(node).isPresent() || node instanceof Expr.Order o && Orders.isInside(o);
        }

        /** Whether a position is known to be below an extent. */
        private boolean isOver(Expr extent, Expr position) {
            return indexOf(position).filter(i -> i.extent() == extent).isPresent()
                    || position instanceof Expr.Order o && o.index().extent() == extent;
        }

        private Optional<Expr.Index> indexOf(Expr position) {
            return Affine.of(exprs, position).flatMap(p -> p.positionOf(exprs));
        }

        private boolean isFixed(Expr node) {
            return exprs.freeIndices(node).isEmpty();
        }

        private Expr combine(BinaryOp op, Expr a, Expr b) {
            return exprs.binary(op, a, b);
        }
    }
}
