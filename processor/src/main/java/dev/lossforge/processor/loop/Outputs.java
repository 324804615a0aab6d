package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the contributions to a derivative into tasks.
 *
 * <p>Where every contribution can be solved for the position that it goes to, the derivative is gathered: one loop over
 * its entries, each stored once. {@code (logits, [label], −1)} becomes {@code k == label ? −1 : 0}. Otherwise the
 * derivative is cleared and the contributions are added in loops over their own indices.
 */
final class Outputs {

    private final Exprs exprs;

    Outputs(Exprs exprs) {
        this.exprs = exprs;
    }

    /** How the derivative of one input is computed. */
    record Plan(boolean clearFirst, List<Task> tasks) {}

    Plan plan(int order, Input input, List<Contribution> contributions) {
        List<Expr.Index> position = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            position.add(exprs.freshIndex(exprs.extent(input, axis)));
        }
        List<Optional<Expr>> gathered =
                contributions.stream().map(c -> solve(c, position)).toList();
        if (gathered.stream().allMatch(Optional::isPresent)) {
            Expr sum = gathered.stream()
                    .map(Optional::orElseThrow)
                    .reduce(this::plus)
                    .orElse(exprs.constant(0.0));
            Task store = new Task.Store(order, input, List.copyOf(position), sum, Statement.Mode.SET);
            return new Plan(false, List.of(nest(position, store)));
        }
        return new Plan(true, contributions.stream().map(c -> scatter(order, c)).toList());
    }

    private Expr plus(Expr a, Expr b) {
        return exprs.binary(BinaryOp.ADD, a, b);
    }

    /** What a contribution adds at a position, if each of its indices can be told from the position. */
    private Optional<Expr> solve(Contribution contribution, List<Expr.Index> position) {
        Expr value = contribution.value();
        List<Expr> indices = new ArrayList<>(contribution.indices());
        List<Expr> guards = new ArrayList<>();
        for (int axis = 0; axis < position.size(); axis++) {
            Expr at = indices.get(axis);
            Optional<Inverse> inverse = invert(at, position.get(axis));
            if (position.containsAll(exprs.freeIndices(at))) {
                guards.add(exprs.compare(Comparison.EQUAL, at, position.get(axis)));
            } else if (inverse.isPresent()) {
                Substitution substitution = Substitution.of(
                        exprs, inverse.get().index(), inverse.get().solution());
                value = substitution.apply(value);
                indices.replaceAll(substitution::apply);
                guards.replaceAll(substitution::apply);
                guards.addAll(inverse.get().guards());
            } else {
                return Optional.empty();
            }
        }
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(value));
        guards.forEach(g -> open.addAll(exprs.freeIndices(g)));
        return position.containsAll(open) ? Optional.of(guarded(guards, value)) : Optional.empty();
    }

    private Expr guarded(List<Expr> guards, Expr value) {
        return guards.stream()
                .reduce((a, b) -> exprs.binary(BinaryOp.AND, a, b))
                .map(guard -> exprs.select(guard, value, exprs.constant(0.0)))
                .orElse(value);
    }

    /** The value of an index that reaches a position, and the conditions under which there is one. */
    private record Inverse(Expr.Index index, Expr solution, List<Expr> guards) {}

    private Optional<Inverse> invert(Expr at, Expr.Index position) {
        if (at instanceof Expr.Index loop) {
            return Optional.of(inverse(loop, position, position, at));
        }
        if (at instanceof Expr.Binary b && b.left() instanceof Expr.Index loop && isFixed(b.right())) {
            return switch (b.op()) {
                case ADD -> Optional.of(inverse(loop, minus(position, b.right()), position, at));
                case SUBTRACT ->
                    Optional.of(inverse(loop, exprs.binary(BinaryOp.ADD, position, b.right()), position, at));
                default -> Optional.empty();
            };
        }
        if (at instanceof Expr.Binary b && b.right() instanceof Expr.Index loop && isFixed(b.left())) {
            return switch (b.op()) {
                case ADD -> Optional.of(inverse(loop, minus(position, b.left()), position, at));
                case SUBTRACT -> Optional.of(inverse(loop, minus(b.left(), position), position, at));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private boolean isFixed(Expr node) {
        return exprs.freeIndices(node).isEmpty();
    }

    private Expr minus(Expr a, Expr b) {
        return exprs.binary(BinaryOp.SUBTRACT, a, b);
    }

    private Inverse inverse(Expr.Index loop, Expr solution, Expr.Index position, Expr at) {
        List<Expr> guards = new ArrayList<>();
        if (at != loop) {
            guards.add(exprs.compare(Comparison.GREATER_OR_EQUAL, solution, exprs.constant(0)));
        }
        if (at != loop || loop.extent() != position.extent()) {
            guards.add(exprs.compare(Comparison.LESS, solution, loop.extent()));
        }
        return new Inverse(loop, solution, guards);
    }

    /** Loops over the contribution's own indices, outer ones first, the last axis' innermost. */
    private Task scatter(int order, Contribution c) {
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(c.value()));
        c.indices().forEach(i -> open.addAll(exprs.freeIndices(i)));
        Expr last = c.indices().getLast();
        List<Expr.Index> loops = open.stream()
                .sorted(Comparator.comparingInt(i -> i == last && isFixed(i.extent()) ? 1 : -i.number()))
                .toList();
        return nest(loops, new Task.Store(order, c.input(), c.indices(), c.value(), Statement.Mode.ADD));
    }

    private static Task nest(List<Expr.Index> loops, Task body) {
        Task task = body;
        for (Expr.Index index : loops.reversed()) {
            task = new Task.ForEach(index, task);
        }
        return task;
    }
}
