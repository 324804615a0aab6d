package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Affine;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.Steps;
import dev.lossforge.processor.ir.Substitution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Gives each scan a table of all its states, beginning with the start, and a task that fills it step by step. A scan
 * whose body depends on the state of another scan runs within each step of the other.
 */
final class Recurrences {
    private final Exprs exprs;
    private final BiFunction<List<Expr.Index>, Expr, Expr> within;
    private final Function<List<Expr>, Table> table;
    private final Consumer<Task> tasks;
    private final Map<Steps, Filled> closed = new IdentityHashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Expr, Set<Expr.Index>> states = new IdentityHashMap<>();

    /**
     * @param within rewrites a value for evaluation within loops
     * @param table creates a table with these extents
     * @param tasks receives the tasks that must run before the readers of the table
     */
    Recurrences(
            Exprs exprs,
            BiFunction<List<Expr.Index>, Expr, Expr> within,
            Function<List<Expr>, Table> table,
            Consumer<Task> tasks) {
        this.exprs = exprs;
        this.within = within;
        this.table = table;
        this.tasks = tasks;
    }

    /** A table of states: its indices are these axes, the position, and the entry in the state. */
    private record Filled(Table table, List<Expr.Index> axes) {}

    /** A scan whose body is being placed. */
    private record Open(Steps steps, Expr.Index index, Filled filled, List<Expr.Index> loops, Placed placed) {}

    /** The tasks of each step before its state is written, and the tables of inner scans. */
    private record Placed(List<Task> tasks, Map<Steps, Filled> tables) {}

    /** Whether a value depends on the state of an enclosing scan. */
    boolean hasState(Expr node) {
        return !statesOf(node).isEmpty();
    }

    /** Whether a value depends on the index of a step that is being placed. */
    boolean isInStep(Expr node) {
        return open.stream().anyMatch(o -> exprs.freeIndices(node).contains(o.index()));
    }

    private Set<Expr.Index> statesOf(Expr node) {
        Set<Expr.Index> known = states.get(node);
        if (known == null) {
            known = new HashSet<>();
            for (Expr operand : Exprs.operands(node)) {
                known.addAll(statesOf(operand));
            }
            if (node instanceof Expr.Scan s) {
                known.remove(s.steps().index());
            } else if (node instanceof Expr.State s) {
                known.add(s.index());
            }
            states.put(node, known);
        }
        return known;
    }

    /** The state before a step of a scan that is being placed. */
    Expr entryOf(Expr.State state, UnaryOperator<Expr> place) {
        Open scan = open.stream()
                .filter(o -> o.index() == state.index())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a state outside of its scan"));
        Expr position = scan.steps().before(exprs, state.index());
        return read(scan.filled(), scan.filled().axes(), scan.steps(), position, true, state.entry(), place);
    }

    Expr entryOf(Expr.Scan scan, UnaryOperator<Expr> place) {
        Expr first = exprs.scan(scan.steps(), exprs.constant(0), zeros(scan.steps()));
        List<Expr.Index> axes = List.copyOf(exprs.freeIndices(first));
        Filled filled = hasState(first) ? within(scan.steps(), axes, statesOf(first)) : alone(first, axes);
        boolean sure = isPosition(scan.steps(), scan.position());
        return read(filled, axes, scan.steps(), place.apply(scan.position()), sure, scan.entry(), place);
    }

    private List<Expr> zeros(Steps steps) {
        return steps.axes().stream().map(a -> exprs.constant(0)).toList();
    }

    /** A scan outside others. It uses the indices of points, so equal scans are the same. */
    private Filled alone(Expr first, List<Expr.Index> axes) {
        List<Expr.Index> points = Canonical.points(exprs, axes);
        Map<Expr.Index, Expr> renaming = new IdentityHashMap<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            renaming.put(axes.get(axis), points.get(axis));
        }
        Steps steps = ((Expr.Scan) new Substitution(exprs, renaming).apply(first)).steps();
        Filled known = closed.get(steps);
        if (known == null) {
            known = filled(steps, points);
            closed.put(steps, known);
            tasks.accept(Task.nest(points, task(steps, known, points)));
        }
        return known;
    }

    /** A scan within the steps of another. */
    private Filled within(Steps steps, List<Expr.Index> axes, Set<Expr.Index> of) {
        Open around =
                open.stream().filter(o -> of.contains(o.index())).findFirst().orElseThrow();
        Filled known = around.placed().tables().get(steps);
        if (known == null) {
            known = filled(steps, axes);
            around.placed().tables().put(steps, known);
            List<Expr.Index> own =
                    axes.stream().filter(a -> !around.loops().contains(a)).toList();
            List<Expr.Index> loops = new ArrayList<>(around.loops());
            loops.addAll(own);
            around.placed().tasks().add(Task.nest(own, task(steps, known, loops)));
        }
        return known;
    }

    private Filled filled(Steps steps, List<Expr.Index> axes) {
        List<Expr> extents = new ArrayList<>();
        axes.forEach(a -> extents.add(Sizes.of(exprs, a.extent())));
        extents.add(exprs.binary(BinaryOp.ADD, Sizes.of(exprs, steps.count()), exprs.constant(1)));
        steps.axes().forEach(a -> extents.add(Sizes.ofSome(exprs, a.extent())));
        return new Filled(table.apply(extents), axes);
    }

    /** @param loops the enclosing loops, outermost first */
    private Task task(Steps steps, Filled filled, List<Expr.Index> loops) {
        Expr.Index index = exprs.freshIndex(steps.count());
        List<Expr.Index> entry =
                steps.axes().stream().map(a -> exprs.freshIndex(a.extent())).toList();
        Map<Expr.Index, Expr> renaming = new IdentityHashMap<>();
        renaming.put(steps.index(), index);
        for (int axis = 0; axis < entry.size(); axis++) {
            renaming.put(steps.axes().get(axis), entry.get(axis));
        }
        Substitution renamed = new Substitution(exprs, renaming);
        Task start = write(
                filled, steps.first(exprs), entry, within.apply(plus(loops, entry), renamed.apply(steps.start())));
        List<Expr.Index> inner = plus(loops, List.of(index));
        Open scan = new Open(steps, index, filled, inner, new Placed(new ArrayList<>(), new IdentityHashMap<>()));
        open.push(scan);
        Expr next = within.apply(plus(inner, entry), renamed.apply(steps.next()));
        open.pop();
        List<Task> body = new ArrayList<>(scan.placed().tasks());
        body.add(write(filled, steps.after(exprs, index), entry, next));
        return new Task.Recur(
                filled.table(), List.copyOf(filled.axes()), List.of(start), index, steps.descends(), body);
    }

    private static Task write(Filled filled, Expr position, List<Expr.Index> entry, Expr value) {
        List<Expr> indices = new ArrayList<>(filled.axes());
        indices.add(position);
        indices.addAll(entry);
        return Task.nest(entry, new Task.Write(filled.table(), indices, value));
    }

    private static List<Expr.Index> plus(List<Expr.Index> outer, List<Expr.Index> inner) {
        List<Expr.Index> all = new ArrayList<>(outer);
        all.addAll(inner);
        return all;
    }

    /** An entry of the table; NaN outside the table, which must not be read. */
    private Expr read(
            Filled filled,
            List<Expr.Index> axes,
            Steps steps,
            Expr position,
            boolean isSure,
            List<Expr> entry,
            UnaryOperator<Expr> place) {
        List<Expr> indices = new ArrayList<>(axes);
        List<Expr> guards = new ArrayList<>();
        indices.add(isSure ? position : inside(position, greatest(steps), guards));
        for (int axis = 0; axis < entry.size(); axis++) {
            Expr extent = steps.axes().get(axis).extent();
            Expr at = place.apply(entry.get(axis));
            boolean sure = at instanceof Expr.Index i && i.extent() == extent;
            Expr greatest = exprs.binary(BinaryOp.SUBTRACT, extent, exprs.constant(1));
            indices.add(sure ? at : inside(at, greatest, guards));
        }
        Expr value = exprs.load(filled.table().input(), indices);
        for (Expr guard : guards) {
            value = exprs.select(guard, value, exprs.constant(Double.NaN));
        }
        return value;
    }

    /** Whether a position is inside the scan for all sizes. */
    private boolean isPosition(Steps steps, Expr position) {
        return position == steps.first(exprs)
                || position == steps.last(exprs)
                || isOfOrder(steps, position)
                || position instanceof Expr.Binary b
                        && b.op() == BinaryOp.ADD
                        && b.right() == exprs.constant(1)
                        && isOfOrder(steps, b.left())
                || Affine.of(exprs, position)
                        .filter(p -> isStep(steps, p) || isStep(steps, p.minusOne(exprs)))
                        .isPresent();
    }

    private boolean isStep(Steps steps, Affine position) {
        return position.positionOf(exprs)
                .filter(i -> i.extent() == steps.count())
                .isPresent();
    }

    private static boolean isOfOrder(Steps steps, Expr node) {
        return node instanceof Expr.Order o && o.index().extent() == steps.count() && Orders.isInside(o);
    }

    private Expr greatest(Steps steps) {
        return steps.descends() ? steps.first(exprs) : steps.last(exprs);
    }

    /** An index, clamped between 0 and a bound; guards receive the conditions under which it already was. */
    private Expr inside(Expr at, Expr greatest, List<Expr> guards) {
        Expr zero = exprs.constant(0);
        if (!(at instanceof Expr.Index)) {
            guards.add(exprs.compare(Comparison.GREATER_OR_EQUAL, at, zero));
        }
        guards.add(exprs.compare(Comparison.LESS_OR_EQUAL, at, greatest));
        return exprs.binary(BinaryOp.MAX, exprs.binary(BinaryOp.MIN, at, greatest), zero);
    }
}
