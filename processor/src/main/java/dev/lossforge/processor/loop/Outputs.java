package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the contributions to a derivative into tasks.
 *
 * <p>If every contribution can be solved for its position, the derivative is gathered: one loop over its entries stores
 * each once. {@code (logits, [label], −1)} becomes {@code k == label ? −1 : 0}. Otherwise the derivative is cleared and
 * the contributions are added in loops over their own indices.
 */
final class Outputs {

    private final Exprs exprs;
    private final ExtentClasses extents;
    private final Gathering gathering;
    private final boolean tables;

    /** @param tables whether tables store running sums and values that several loops need */
    Outputs(Exprs exprs, ExtentClasses extents, boolean tables) {
        this.exprs = exprs;
        this.extents = extents;
        this.tables = tables;
        this.gathering = new Gathering(exprs);
    }

    /** The computation of the derivative of one input. */
    record Plan(boolean clearFirst, List<Task> tasks) {}

    Plan plan(int order, Input input, List<Contribution> contributions) {
        if (tables && input.rank() > 0 && contributions.stream().allMatch(Outputs::isToKnownColumn)) {
            return columns(order, input, contributions);
        }
        List<Expr.Index> position = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            position.add(exprs.freshIndex(extents.of(input, axis)));
        }
        List<Optional<Expr>> gathered = contributions.stream()
                .map(c -> gathering.withoutSearch(c, position).or(() -> byRunningSum(c, position)))
                .toList();
        if (gathered.stream().allMatch(Optional::isPresent)
                && !(tables
                        && contributions.size() > 1
                        && contributions.stream().anyMatch(Outputs::isToFraction))) {
            Expr sum = gathered.stream()
                    .map(Optional::orElseThrow)
                    .reduce(gathering::plus)
                    .orElse(exprs.constant(0.0));
            Task store = new Task.Store(order, input, List.copyOf(position), sum, Statement.Mode.SET);
            return new Plan(false, List.of(Task.nest(position, store)));
        }
        return new Plan(true, contributions.stream().map(c -> scatter(order, c)).toList());
    }

    /**
     * Whether a contribution goes to one of several parts of an input, like the means of a mixture. If gathered, it
     * would be computed for every entry and each part.
     */
    private static boolean isToFraction(Contribution contribution) {
        return contribution.indices().stream()
                .flatMap(i -> i instanceof Expr.Index loop
                        ? Stream.of(loop)
                        : Exprs.operands(i).stream()
                                .filter(Expr.Index.class::isInstance)
                                .map(Expr.Index.class::cast))
                .anyMatch(i -> i.extent() instanceof Expr.Binary b
                        && b.op() == BinaryOp.DIVIDE
                        && b.right() instanceof Expr.IntConstant);
    }

    /** Whether the last index is a constant, as in losses over rows of one, or of the four sides of a box. */
    private static boolean isToKnownColumn(Contribution contribution) {
        return contribution.indices().getLast() instanceof Expr.IntConstant;
    }

    /** All contributions go to known columns, so the loops run only over the rows; the other columns are 0. */
    private Plan columns(int order, Input input, List<Contribution> contributions) {
        List<Expr.Index> position = new ArrayList<>();
        for (int axis = 0; axis < input.rank() - 1; axis++) {
            position.add(exprs.freshIndex(extents.of(input, axis)));
        }
        Map<Expr, Expr> sums = new LinkedHashMap<>();
        for (Contribution c : contributions) {
            Contribution rows = new Contribution(input, c.indices().subList(0, input.rank() - 1), c.value());
            Optional<Expr> gathered = gathering.withoutSearch(rows, position).or(() -> byRunningSum(rows, position));
            if (gathered.isEmpty()) {
                return new Plan(
                        true, contributions.stream().map(o -> scatter(order, o)).toList());
            }
            sums.merge(c.indices().getLast(), gathered.get(), gathering::plus);
        }
        List<Task> tasks = new ArrayList<>();
        sums.forEach((column, sum) -> {
            List<Expr> indices = new ArrayList<>(position);
            indices.add(column);
            tasks.add(Task.nest(position, new Task.Store(order, input, List.copyOf(indices), sum, Statement.Mode.SET)));
        });
        return new Plan(true, tasks);
    }

    private Optional<Expr> byRunningSum(Contribution contribution, List<Expr.Index> position) {
        Expr sum = gathering.sum(List.of(contribution), position);
        return tables
                        && sum instanceof Expr.Reduce r
                        && (Reordered.running(exprs, r).isPresent() || RunningExponentials.isScan(exprs, r))
                ? Optional.of(sum)
                : Optional.empty();
    }

    /** Adds the contribution in loops over its own indices, outer ones first and the last axis innermost. */
    private Task scatter(int order, Contribution c) {
        Set<Expr.Index> open = new LinkedHashSet<>(exprs.freeIndices(c.value()));
        c.indices().forEach(i -> open.addAll(exprs.freeIndices(i)));
        Expr last = c.indices().getLast();
        List<Expr.Index> loops = open.stream()
                .sorted(Comparator.comparingInt(
                        i -> i == last && exprs.freeIndices(i.extent()).isEmpty() ? 1 : -i.number()))
                .toList();
        return Task.nest(loops, new Task.Store(order, c.input(), c.indices(), c.value(), Statement.Mode.ADD));
    }
}
