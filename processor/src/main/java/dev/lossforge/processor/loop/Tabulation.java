package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a formula over the batch and its derivatives into steps for a device, whose points run in parallel.
 *
 * <p>A reduction whose terms contain other reductions waits for their tables. For example, one table holds the distance
 * of each pair of rows, another the sum of distances for each row, and the loss adds up the latter. Every entry of a
 * derivative is gathered, because two points must not write to the same position.
 */
public final class Tabulation {

    private final Derivatives derivatives;
    private final List<List<Expr.Extent>> equalExtents;
    private final Exprs exprs;
    private final Tables tables;

    private Tabulation(Derivatives derivatives) {
        ExtentClasses extents = ExtentClasses.of(derivatives);
        this.equalExtents = extents.ofSeveral(derivatives.formula().inputs());
        this.derivatives = extents.unify(derivatives);
        this.exprs = derivatives.formula().exprs();
        this.tables = new Tables(exprs, derivatives.formula().inputs().size());
    }

    public static BatchProgram of(Derivatives derivatives) {
        return new Tabulation(derivatives).run();
    }

    private BatchProgram run() {
        List<Goal> goals = goals();
        goals.forEach(goal -> tables.count(goal.value()));
        List<Entry> entries = new ArrayList<>();
        int made = 0;
        for (Goal goal : goals) {
            Tables.Placed placed = tables.place(goal.value(), goal.points());
            List<Tables.Kept> kept = tables.kept();
            kept.subList(made, kept.size()).forEach(k -> entries.add(Entry.of(k, goal.ofValue())));
            made = kept.size();
            entries.add(new Entry(goal.name(), goal.points(), goal.task(placed.value()), placed, goal.ofValue()));
        }
        List<Table> all = tables.kept().stream().map(Tables.Kept::table).toList();
        return new BatchProgram(derivatives.formula(), equalExtents, all, steps(entries));
    }

    /** A task for each of some points. */
    private record Entry(String name, List<Expr.Index> points, Task task, Tables.Placed placed, boolean ofValue) {

        static Entry of(Tables.Kept kept, boolean ofValue) {
            Buffer buffer = kept.table().buffer();
            Task task = new Task.Tabulate(
                    kept.table(), List.copyOf(kept.points()), kept.placed().value());
            return new Entry(buffer.name(), kept.points(), task, kept.placed(), ofValue);
        }
    }

    /**
     * A result that the device must store: the value, or a derivative.
     *
     * @param input the input of the derivative; empty for the value
     * @param points one index for each axis
     */
    private record Goal(int order, Optional<Input> input, List<Expr.Index> points, Expr value) {

        boolean ofValue() {
            return order == 0;
        }

        String name() {
            return switch (order) {
                case 0 -> "value";
                case 1 -> "gradient";
                default -> "hessian";
            };
        }

        Task task(Expr placed) {
            return input.<Task>map(i -> new Task.Store(order, i, List.copyOf(points), placed, Statement.Mode.SET))
                    .orElseGet(() -> new Task.Value(placed));
        }
    }

    private List<Goal> goals() {
        List<Goal> goals = new ArrayList<>(
                List.of(new Goal(0, Optional.empty(), List.of(), CountedOrder.everywhere(exprs, derivatives.value()))));
        for (Input input : derivatives.formula().inputs()) {
            if (input.differentiated()) {
                goals.add(goal(1, input, derivatives.gradient()));
            }
            if (input.role() == Role.PREDICTION && derivatives.formula().diagonalHessian()) {
                goals.add(goal(2, input, derivatives.hessian()));
            }
        }
        return goals;
    }

    /** A derivative that nothing contributes to is 0. */
    private Goal goal(int order, Input input, List<Contribution> contributions) {
        List<Expr> extents = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            extents.add(exprs.extent(input, axis));
        }
        List<Expr.Index> position = tables.points(extents);
        List<Contribution> own =
                contributions.stream().filter(c -> c.input().equals(input)).toList();
        Expr sum = new Gathering(exprs).sum(own, position);
        return new Goal(order, Optional.of(input), position, CountedOrder.everywhere(exprs, sum));
    }

    /** Combines entries into one step if they have the same points and loops and do not depend on each other. */
    private List<Step> steps(List<Entry> entries) {
        Map<List<Object>, List<Entry>> groups = new LinkedHashMap<>();
        entries.stream()
                .sorted(Comparator.comparingInt(e -> e.placed().level()))
                .forEach(e ->
                        groups.computeIfAbsent(key(e), k -> new ArrayList<>()).add(e));
        return groups.values().stream().map(this::step).toList();
    }

    private List<Object> key(Entry entry) {
        return Stream.of(
                        Stream.<Object>of(entry.ofValue(), entry.placed().level(), "points"),
                        entry.points().stream().<Object>map(i -> exprs.order(i.extent())),
                        Stream.<Object>of("loops"),
                        entry.placed().loops().stream().<Object>map(exprs::order))
                .flatMap(s -> s)
                .toList();
    }

    private Step step(List<Entry> group) {
        Entry first = group.getFirst();
        LocalNames names = new LocalNames(exprs);
        List<Block> blocks = new ArrayList<>(List.of(Block.outermostOfDevice(exprs, names)));
        first.points().forEach(point -> blocks.add(blocks.getLast().inner(point)));
        List<Task> tasks = group.stream().map(Entry::task).toList();
        List<Expr> roots = tasks.stream().flatMap(t -> t.roots().stream()).toList();
        blocks.subList(0, blocks.size() - 1).forEach(block -> block.countUses(roots));
        new Schedule(exprs, names, Optional.empty()).run(blocks.getLast(), tasks);
        List<Statement> statements =
                blocks.stream().flatMap(block -> block.statements().stream()).toList();
        return new Step(first.name(), first.points(), statements, first.ofValue());
    }
}
