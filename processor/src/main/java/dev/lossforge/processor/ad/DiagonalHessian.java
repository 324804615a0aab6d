package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Inversion;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The second derivative with respect to each single entry of a prediction: the gradient's entry at a fixed position,
 * differentiated with respect to the entry at the same position. For element and sample formulas.
 *
 * <p>At a kink of {@code |x|}, it is the second derivative from the right. {@code |x| − log(1 + |x|)} has no kink at 0,
 * although its terms do.
 */
final class DiagonalHessian {

    private final Exprs exprs;
    private final Cotangents cts;

    private DiagonalHessian(Exprs exprs) {
        this.exprs = exprs;
        this.cts = new Cotangents(exprs);
    }

    static List<Contribution> of(Formula formula, List<Contribution> gradient) {
        DiagonalHessian hessian = new DiagonalHessian(formula.exprs());
        return formula.inputs().stream()
                .filter(i -> i.role() == Role.PREDICTION)
                .map(i -> hessian.of(i, gradient))
                .toList();
    }

    private Contribution of(Input prediction, List<Contribution> gradient) {
        List<Expr> position = new ArrayList<>();
        for (int axis = 0; axis < prediction.rank(); axis++) {
            position.add(exprs.freshIndex(exprs.extent(prediction, axis)));
        }
        Expr entry = at(position, prediction, gradient);
        List<Contribution> second = ReverseMode.ofEntry(exprs, entry, prediction::equals);
        return new Contribution(prediction, position, at(position, prediction, second));
    }

    /** The sum of the contributions at a position. */
    private Expr at(List<Expr> position, Input input, List<Contribution> contributions) {
        Expr sum = cts.constant(0);
        for (Contribution contribution : contributions) {
            if (contribution.input().equals(input)) {
                sum = cts.plus(sum, at(position, contribution));
            }
        }
        return sum;
    }

    private Expr at(List<Expr> position, Contribution contribution) {
        Expr value = contribution.value();
        List<Expr> indices = new ArrayList<>(contribution.indices());
        List<Expr.Index> open = new ArrayList<>(exprs.freeIndices(value));
        indices.forEach(i ->
                exprs.freeIndices(i).stream().filter(f -> !open.contains(f)).forEach(open::add));
        for (int axis = 0; axis < position.size(); axis++) {
            Expr index = indices.get(axis);
            if (index instanceof Expr.Index loop
                    && open.contains(loop)
                    && loop.extent() == ((Expr.Index) position.get(axis)).extent()) {
                Substitution fixed = Substitution.of(exprs, loop, position.get(axis));
                value = fixed.apply(value);
                indices.replaceAll(fixed::apply);
                open.remove(loop);
                open.replaceAll(i -> (Expr.Index) fixed.apply(i));
            } else if (reordered(index, position.get(axis))
                    .filter(i -> open.contains(i.index()))
                    .isPresent()) {
                Inversion inverse = reordered(index, position.get(axis)).get();
                Substitution solved = Substitution.of(exprs, inverse.index(), inverse.solution());
                value = solved.apply(value);
                for (Expr guard : inverse.guards()) {
                    value = cts.where(guard, value);
                }
                indices.replaceAll(solved::apply);
                open.remove(inverse.index());
                open.replaceAll(i -> (Expr.Index) solved.apply(i));
            } else {
                value = cts.where(exprs.compare(Comparison.EQUAL, index, position.get(axis)), value);
            }
        }
        open.removeAll(position);
        open.sort(Comparator.comparingInt((Expr.Index i) -> exprs.order(i)).reversed()); // dependent ones first
        for (Expr.Index loop : open) {
            value = cts.sumOver(loop, value);
        }
        return value;
    }

    /** The index at which an entry of an order reaches a position. A sum over all entries would take quadratic time. */
    private Optional<Inversion> reordered(Expr index, Expr position) {
        return index instanceof Expr.Order ? Inversion.of(exprs, index, position) : Optional.empty();
    }
}
