package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Inversion;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Computes what contributions add at one position of a derivative: {@code (logits, [label], −1)} adds {@code k == label
 * ? −1 : 0} at k. It solves for the index that reaches the position. Indices that the position does not determine stay
 * open.
 */
final class Gathering {

    private final Exprs exprs;

    Gathering(Exprs exprs) {
        this.exprs = exprs;
    }

    /** What a contribution adds, for each value of the indices that are still open. */
    private record Part(Expr value, List<Expr.Index> open) {}

    /** What a contribution adds at a position, if the position determines each of its indices. */
    Optional<Expr> withoutSearch(Contribution contribution, List<Expr.Index> position) {
        Part part = part(contribution, position);
        return part.open().isEmpty() ? Optional.of(part.value()) : Optional.empty();
    }

    /**
     * The sum of what contributions add at a position; it searches through indices that the position does not
     * determine.
     */
    Expr sum(List<Contribution> contributions, List<Expr.Index> position) {
        return contributions.stream()
                .map(c -> searched(part(c, position)))
                .reduce(this::plus)
                .orElse(exprs.constant(0.0));
    }

    /**
     * The sum over the open indices. Inner ones, which have lower numbers and may depend on others, are innermost. The
     * sum then runs in the order of the formula and needs no tables for earlier results.
     */
    private Expr searched(Part part) {
        Expr sum = part.value();
        for (Expr.Index index : part.open().stream()
                .sorted(Comparator.comparingInt(Expr.Index::number).thenComparingInt(exprs::order))
                .toList()) {
            sum = exprs.reduce(ReduceOp.SUM, index, sum);
        }
        return sum;
    }

    Expr plus(Expr a, Expr b) {
        return exprs.binary(BinaryOp.ADD, a, b);
    }

    private Part part(Contribution contribution, List<Expr.Index> position) {
        Expr value = contribution.value();
        List<Expr> indices = new ArrayList<>(contribution.indices());
        List<Expr> guards = new ArrayList<>();
        for (int axis = 0; axis < position.size(); axis++) {
            Expr at = indices.get(axis);
            Optional<Inversion> inverse = Inversion.of(exprs, at, position.get(axis));
            if (inverse.isPresent() && !position.containsAll(exprs.freeIndices(at))) {
                UnaryOperator<Expr> solved = solved(inverse.get());
                value = solved.apply(value);
                indices.replaceAll(solved);
                guards.replaceAll(solved);
                guards.addAll(inverse.get().guards());
            } else {
                guards.add(exprs.compare(Comparison.EQUAL, at, position.get(axis)));
            }
        }
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(value));
        guards.forEach(g -> open.addAll(exprs.freeIndices(g)));
        position.forEach(open::remove);
        return new Part(guarded(guards, value), List.copyOf(open));
    }

    /** Puts the solution in the place of its index. */
    private UnaryOperator<Expr> solved(Inversion inverse) {
        Substitution substitution = Substitution.of(exprs, inverse.index(), inverse.solution());
        return inverse.solution() instanceof Expr.Index
                ? substitution::apply
                : node -> Affine.normal(exprs, substitution.apply(node));
    }

    private Expr guarded(List<Expr> guards, Expr value) {
        return guards.stream()
                .reduce((a, b) -> exprs.binary(BinaryOp.AND, a, b))
                .map(guard -> exprs.select(guard, value, exprs.constant(0.0)))
                .orElse(value);
    }
}
