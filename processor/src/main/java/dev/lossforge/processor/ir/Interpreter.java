package dev.lossforge.processor.ir;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in double precision: the reference that every later form of a formula is tested against.
 * Integers and booleans (0 or 1) are also doubles. Shared nodes are evaluated once per binding of their indices.
 */
public final class Interpreter {

    private final Exprs exprs;
    private final InputValues inputs;
    private final Map<String, Double> locals;
    private final Map<Expr, Double> closed = new IdentityHashMap<>();
    private final Map<Steps, StateValues> closedScans = new IdentityHashMap<>();
    private final Map<List<Object>, int[]> closedOrders = new HashMap<>();

    public Interpreter(Exprs exprs, InputValues inputs) {
        this(exprs, inputs, Map.of());
    }

    /**
     * An interpreter that also evaluates expressions of loops.
     *
     * @param locals the values of locals by name; they must not change
     */
    public Interpreter(Exprs exprs, InputValues inputs, Map<String, Double> locals) {
        this.exprs = exprs;
        this.inputs = inputs;
        this.locals = locals;
    }

    /** The value of an expression without free indices. */
    public double evaluate(Expr node) {
        return value(node, null);
    }

    /** The value of an expression for given values of its free indices. */
    public double evaluate(Expr node, Map<Expr.Index, Integer> indices) {
        Frame frame = null;
        for (Map.Entry<Expr.Index, Integer> entry : indices.entrySet()) {
            frame = new Frame(entry.getKey(), entry.getValue(), frame);
        }
        return value(node, frame);
    }

    /** The binding of one index, with the values computed under it. */
    private static final class Frame {
        final Expr.Index index;
        final int value;
        final @Nullable Frame outer;
        final Map<Expr, Double> known = new IdentityHashMap<>();
        final Map<Steps, StateValues> scans = new IdentityHashMap<>();
        final Map<List<Object>, int[]> orders = new HashMap<>();

        @Nullable
        StateValues states;

        int before;

        Frame(Expr.Index index, int value, @Nullable Frame outer) {
            this.index = index;
            this.value = value;
            this.outer = outer;
        }
    }

    /** The innermost frame whose index satisfies a predicate; null if there is none. */
    private static @Nullable Frame nearest(@Nullable Frame frame, Predicate<Expr.Index> asked) {
        Frame owner = frame;
        while (owner != null && !asked.test(owner.index)) {
            owner = owner.outer;
        }
        return owner;
    }

    private double value(Expr node, @Nullable Frame frame) {
        Frame owner = nearest(frame, exprs.freeIndices(node)::contains);
        Map<Expr, Double> known = owner == null ? closed : owner.known;
        Double value = known.get(node);
        if (value == null) {
            value = compute(node, owner);
            known.put(node, value);
        }
        return value;
    }

    private double compute(Expr node, @Nullable Frame frame) {
        return switch (node) {
            case Expr.Constant c -> c.value();
            case Expr.IntConstant c -> c.value();
            case Expr.BooleanConstant c -> c.value() ? 1 : 0;
            case Expr.Extent e -> inputs.extent(e.input(), e.axis());
            case Expr.Index i -> bound(i, frame);
            case Expr.Load l -> inputs.get(l.input(), indices(l.indices(), frame));
            case Expr.Unary u -> ReferenceMath.apply(u.op(), value(u.operand(), frame));
            case Expr.Binary b -> binary(b, frame);
            case Expr.Compare c -> compare(c.op(), value(c.left(), frame), value(c.right(), frame)) ? 1 : 0;
            case Expr.Select s -> value(value(s.condition(), frame) != 0 ? s.whenTrue() : s.whenFalse(), frame);
            case Expr.Reduce r -> reduce(r, frame);
            case Expr.State s -> state(s, frame);
            case Expr.Scan s ->
                states(s.steps(), frame).at((int) value(s.position(), frame), indices(s.entry(), frame));
            case Expr.Order o -> order(o, frame);
            case Expr.Local l -> local(l);
        };
    }

    private double binary(Expr.Binary node, @Nullable Frame frame) {
        double left = value(node.left(), frame);
        if (node.op() == BinaryOp.AND && left == 0 || node.op() == BinaryOp.OR && left != 0) {
            return left;
        }
        return ReferenceMath.apply(node.op(), node.type(), left, value(node.right(), frame));
    }

    private static double bound(Expr.Index index, @Nullable Frame frame) {
        if (frame == null || frame.index != index) {
            throw new IllegalArgumentException("unbound index " + index.number());
        }
        return frame.value;
    }

    private double local(Expr.Local local) {
        Double value = locals.get(local.name());
        if (value == null) {
            throw new IllegalArgumentException("a local has no value here: " + local.name());
        }
        return value;
    }

    private int[] indices(List<Expr> nodes, @Nullable Frame frame) {
        return nodes.stream().mapToInt(n -> (int) value(n, frame)).toArray();
    }

    private static boolean compare(Comparison op, double left, double right) {
        return switch (op) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
        };
    }

    /** The state before the step whose index is bound in the nearest frame that binds it. */
    private double state(Expr.State node, @Nullable Frame frame) {
        Frame binder = nearest(frame, index -> index == node.index());
        if (binder == null || binder.states == null) {
            throw new IllegalArgumentException(
                    "a state without its scan: " + node.index().number());
        }
        return binder.states.at(binder.before, indices(node.entry(), frame));
    }

    private StateValues states(Steps steps, @Nullable Frame frame) {
        Frame owner = nearest(frame, steps.freeIndices(exprs)::contains);
        Map<Steps, StateValues> known = owner == null ? closedScans : owner.scans;
        StateValues states = known.get(steps);
        if (states == null) {
            states = run(steps, owner);
            known.put(steps, states);
        }
        return states;
    }

    private StateValues run(Steps steps, @Nullable Frame frame) {
        int count = Math.max((int) value(steps.count(), frame), 0);
        int[] shape = steps.axes().stream()
                .mapToInt(a -> (int) value(a.extent(), frame))
                .toArray();
        StateValues states = new StateValues(count, shape);
        states.fill(steps.descends() ? count : 0, at -> value(steps.start(), bind(steps.axes(), at, frame)));
        for (int step = 0; step < count; step++) {
            int i = steps.descends() ? count - 1 - step : step;
            Frame inner = new Frame(steps.index(), i, frame);
            inner.states = states;
            inner.before = steps.descends() ? i + 1 : i;
            states.fill(steps.descends() ? i : i + 1, at -> value(steps.next(), bind(steps.axes(), at, inner)));
        }
        return states;
    }

    private static @Nullable Frame bind(List<Expr.Index> indices, int[] values, @Nullable Frame outer) {
        Frame frame = outer;
        for (int axis = 0; axis < values.length; axis++) {
            frame = new Frame(indices.get(axis), values[axis], frame);
        }
        return frame;
    }

    private double reduce(Expr.Reduce node, @Nullable Frame frame) {
        return ReferenceMath.reduce(node.op(), values(node.index(), node.body(), frame));
    }

    private double[] values(Expr.Index index, Expr body, @Nullable Frame frame) {
        int extent = (int) value(index.extent(), frame);
        double[] values = new double[Math.max(extent, 0)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(body, new Frame(index, i, frame));
        }
        return values;
    }

    private double order(Expr.Order node, @Nullable Frame frame) {
        int at = (int) value(node.at(), frame);
        Set<Expr.Index> ofKey = exprs.freeIndices(node.key());
        Frame owner = nearest(frame, index -> index != node.index() && ofKey.contains(index));
        int[] order = permutation(node, owner);
        return at < 0 || at >= order.length ? -1 : order[at];
    }

    /** The whole permutation, computed once for each binding of the indices that the keys depend on. */
    private int[] permutation(Expr.Order node, @Nullable Frame frame) {
        Map<List<Object>, int[]> known = frame == null ? closedOrders : frame.orders;
        List<Object> name = List.of(node.op(), exprs.order(node.index()), exprs.order(node.key()));
        int[] order = known.get(name);
        if (order == null) {
            int[] sorted = Orders.argSort(values(node.index(), node.key(), frame));
            order = node.op() == OrderOp.ARG_SORT ? sorted : Orders.inverse(sorted);
            known.put(name, order);
        }
        return order;
    }
}
