package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up the cotangents for one position of a state. It solves for the index that reaches the position: {@code (state,
 * [k − 1], ct(k))} gives {@code k + 1 < n ? ct(k + 1) : 0} at k. It sums over indices that the position does not
 * determine.
 */
final class Positions {

    private final Exprs exprs;
    private final Cotangents cts;
    private final Set<Expr.Index> held;

    /** @param held indices that the positions share, which are not summed over */
    Positions(Exprs exprs, Cotangents cts, Set<Expr.Index> held) {
        this.exprs = exprs;
        this.cts = cts;
        this.held = held;
    }

    /** The sum of a cotangent over all values of its indices for which {@code indices} is {@code target}. */
    Expr sumAt(List<Expr> indices, Expr ct, List<Expr> target) {
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(ct));
        indices.forEach(i -> open.addAll(exprs.freeIndices(i)));
        open.removeAll(held);
        Expr value = ct;
        List<Expr> rest = new ArrayList<>(indices);
        List<Expr> guards = new ArrayList<>();
        for (int axis = 0; axis < rest.size(); axis++) {
            Expr at = rest.get(axis);
            Optional<Solution> solution = solve(at, target.get(axis), open);
            if (solution.isPresent()) {
                Expr.Index index = solution.get().index();
                Substitution fixed =
                        Substitution.of(exprs, index, solution.get().value());
                value = fixed.apply(value);
                rest.replaceAll(fixed::apply);
                guards.replaceAll(fixed::apply);
                open.remove(index);
                guards.addAll(guards(solution.get()));
            } else if (at != target.get(axis)) {
                guards.add(equal(at, target.get(axis)));
            }
        }
        for (Expr guard : guards.reversed()) {
            value = guard instanceof Expr.BooleanConstant c
                    ? c.value() ? value : exprs.constant(0.0)
                    : cts.where(guard, value);
        }
        return summed(value, open);
    }

    private Expr summed(Expr value, Set<Expr.Index> open) {
        Expr sum = value;
        for (Expr.Index index : open.stream()
                .sorted(Comparator.comparingInt((Expr.Index i) -> exprs.order(i))
                        .reversed())
                .toList()) {
            sum = Cotangents.isZero(sum) ? sum : cts.sumOver(index, sum);
        }
        return sum;
    }

    private record Solution(Expr.Index index, Expr value) {}

    private Optional<Solution> solve(Expr at, Expr target, Set<Expr.Index> open) {
        if (at instanceof Expr.Index index) {
            return open.contains(index) ? Optional.of(new Solution(index, target)) : Optional.empty();
        }
        if (!(at instanceof Expr.Binary b) || b.op() != BinaryOp.ADD && b.op() != BinaryOp.SUBTRACT) {
            return Optional.empty();
        }
        if (isClosed(b.right(), open)) {
            BinaryOp inverse = b.op() == BinaryOp.ADD ? BinaryOp.SUBTRACT : BinaryOp.ADD;
            return solve(b.left(), plus(inverse, target, b.right()), open);
        }
        return isClosed(b.left(), open)
                ? solve(
                        b.right(),
                        b.op() == BinaryOp.ADD
                                ? plus(BinaryOp.SUBTRACT, target, b.left())
                                : plus(BinaryOp.SUBTRACT, b.left(), target),
                        open)
                : Optional.empty();
    }

    private boolean isClosed(Expr node, Set<Expr.Index> open) {
        return exprs.freeIndices(node).stream().noneMatch(open::contains);
    }

    /** A sum or difference, with cancelling constants removed: {@code (i + 1) − 1} is i. */
    private Expr plus(BinaryOp op, Expr a, Expr b) {
        if (a instanceof Expr.IntConstant x && b instanceof Expr.IntConstant y) {
            return exprs.constant(op == BinaryOp.ADD ? x.value() + y.value() : x.value() - y.value());
        }
        if (a instanceof Expr.Binary inner
                && inner.right() == b
                && (inner.op() == BinaryOp.ADD && op == BinaryOp.SUBTRACT
                        || inner.op() == BinaryOp.SUBTRACT && op == BinaryOp.ADD)) {
            return inner.left();
        }
        return exprs.binary(op, a, b);
    }

    /** The conditions that a solution is one of the values of its index. */
    private List<Expr> guards(Solution solution) {
        Expr value = solution.value();
        Expr extent = solution.index().extent();
        if (value instanceof Expr.Index i && i.extent() == extent) {
            return List.of();
        }
        Expr atLeast = value instanceof Expr.IntConstant c
                ? exprs.constant(c.value() >= 0)
                : value instanceof Expr.Index
                        ? exprs.constant(true)
                        : exprs.compare(Comparison.GREATER_OR_EQUAL, value, exprs.constant(0));
        return List.of(atLeast, exprs.compare(Comparison.LESS, value, extent));
    }

    private Expr equal(Expr a, Expr b) {
        return a instanceof Expr.IntConstant x && b instanceof Expr.IntConstant y
                ? exprs.constant(x.value() == y.value())
                : exprs.compare(Comparison.EQUAL, a, b);
    }
}
