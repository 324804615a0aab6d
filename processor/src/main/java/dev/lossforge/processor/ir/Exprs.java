package dev.lossforge.processor.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Creates and interns the expressions of one formula. It checks operand types; a wrong type is a defect of the
 * compiler, never an error of the user.
 *
 * <p>Indices are numbered from the inside out. A reduction binds the smallest number that is free in its body and above
 * all numbers bound where its index occurs. Two loops that do the same are therefore the same node, whatever the names
 * of their indices and whatever surrounds them. In {@code Σ a(j)·(Σ a(j))}, both sums bind the same index and share the
 * terms.
 */
public final class Exprs {

    /** Indices of lowered loops are numbered by nesting depth from here. */
    public static final int FIRST_LOOP_NUMBER = 500_000;

    /** Indices that no reduction binds yet are numbered from here. */
    static final int FIRST_OPEN_NUMBER = 1_000_000;

    private final Map<List<Object>, Expr> interned = new HashMap<>();
    private final Map<List<Object>, Steps> steps = new HashMap<>();
    private final NodeFacts facts = new NodeFacts(this);
    private final Map<Expr, Expr> differentiatedAs = new IdentityHashMap<>();
    private int nextOpenNumber = FIRST_OPEN_NUMBER;

    /**
     * Notes that a value is differentiated in another form, which has the same value but may lose digits of it. Nothing
     * is noted if that form is the later one: reverse mode goes from later nodes to earlier ones.
     */
    public void differentiateAs(Expr value, Expr form) {
        if (order(form) < order(value)) {
            differentiatedAs.put(value, form);
        }
    }

    /** The form in which a value is differentiated, if it is not its own. */
    public Optional<Expr> differentiatedAs(Expr value) {
        return Optional.ofNullable(differentiatedAs.get(value));
    }

    public Expr constant(double value) {
        return intern(List.of(Expr.Constant.class, Double.doubleToLongBits(value)), new Expr.Constant(value));
    }

    public Expr constant(int value) {
        return intern(List.of(Expr.IntConstant.class, value), new Expr.IntConstant(value));
    }

    public Expr constant(boolean value) {
        return intern(List.of(Expr.BooleanConstant.class, value), new Expr.BooleanConstant(value));
    }

    public Expr extent(Input input, int axis) {
        require(axis >= 0 && axis < input.rank(), "axis %s of %s", axis, input);
        return intern(List.of(Expr.Extent.class, input.position(), axis), new Expr.Extent(input, axis));
    }

    /** An index with a given number, for code that renames or replaces bound indices. */
    public Expr.Index index(int number, Expr extent) {
        require(extent.type() == Type.INT, "extent %s", extent);
        return (Expr.Index) intern(List.of(Expr.Index.class, number, order(extent)), new Expr.Index(number, extent));
    }

    /** An index that no expression uses yet; bind it by {@link #reduce(ReduceOp, Expr.Index, Expr)}. */
    public Expr.Index freshIndex(Expr extent) {
        return index(nextOpenNumber++, extent);
    }

    public Expr load(Input input, List<Expr> indices) {
        require(indices.size() == input.rank(), "%s indices for %s", indices.size(), input);
        indices.forEach(i -> require(i.type() == Type.INT, "index %s", i));
        return intern(key(Expr.Load.class, input.position(), indices), new Expr.Load(input, List.copyOf(indices)));
    }

    public Expr unary(UnaryOp op, Expr operand) {
        require(accepts(op, operand.type()), "%s of %s", op, operand);
        return intern(key(Expr.Unary.class, op, List.of(operand)), new Expr.Unary(op, operand));
    }

    public Expr binary(BinaryOp op, Expr left, Expr right) {
        require(left.type() == right.type() && accepts(op, left.type()), "%s of %s and %s", op, left, right);
        return intern(key(Expr.Binary.class, op, List.of(left, right)), new Expr.Binary(op, left, right));
    }

    public Expr compare(Comparison op, Expr left, Expr right) {
        require(left.type() == right.type() && left.type() != Type.BOOLEAN, "%s of %s and %s", op, left, right);
        return intern(key(Expr.Compare.class, op, List.of(left, right)), new Expr.Compare(op, left, right));
    }

    public Expr select(Expr condition, Expr whenTrue, Expr whenFalse) {
        require(condition.type() == Type.BOOLEAN && whenTrue.type() == whenFalse.type(), "select of %s", condition);
        return intern(
                key(Expr.Select.class, "?", List.of(condition, whenTrue, whenFalse)),
                new Expr.Select(condition, whenTrue, whenFalse));
    }

    /** The state before a step, for the body of a scan that binds {@code index}. */
    public Expr state(Expr.Index index, List<Expr> entry) {
        entry.forEach(i -> require(i.type() == Type.INT, "entry %s", i));
        return intern(key(Expr.State.class, order(index), entry), new Expr.State(index, List.copyOf(entry)));
    }

    /** Binds {@code index} and {@code axes}, and with the index the state, wherever they are free. */
    public Steps steps(boolean descends, Expr.Index index, List<Expr.Index> axes, Expr start, Expr next) {
        require(start.type() == Type.FLOAT && next.type() == Type.FLOAT, "steps from %s to %s", start, next);
        Steps bound = Steps.bind(this, descends, index, axes, start, next);
        List<Object> key = new ArrayList<>(List.of(descends, order(bound.index())));
        bound.axes().forEach(a -> key.add(order(a)));
        bound.operands().forEach(o -> key.add(order(o)));
        return steps.computeIfAbsent(key, k -> bound);
    }

    public Expr scan(Steps steps, Expr position, List<Expr> entry) {
        require(entry.size() == steps.axes().size(), "%s indices for %s", entry.size(), steps.axes());
        List<Expr> at = new ArrayList<>(List.of(position));
        at.addAll(entry);
        at.forEach(i -> require(i.type() == Type.INT, "position %s", i));
        return intern(key(Expr.Scan.class, steps, at), new Expr.Scan(steps, position, List.copyOf(entry)));
    }

    public Expr local(String name, Type type) {
        return intern(List.of(Expr.Local.class, name, type), new Expr.Local(name, type));
    }

    /** Combines {@code body} of every index {@code 0 … extent − 1} by {@code op}. */
    public Expr reduce(ReduceOp op, Expr extent, Function<Expr.Index, Expr> body) {
        Expr.Index index = freshIndex(extent);
        return reduce(op, index, body.apply(index));
    }

    /** Binds {@code index}, wherever it is free in {@code body}, in a reduction. */
    public Expr reduce(ReduceOp op, Expr.Index index, Expr body) {
        Expr.Index bound = index(numberFor(index, body), index.extent());
        Expr renamed = Substitution.of(this, index, bound).apply(body);
        require(renamed.type() != Type.BOOLEAN, "%s of %s", op, body);
        return intern(key(Expr.Reduce.class, op, List.of(bound, renamed)), new Expr.Reduce(op, bound, renamed));
    }

    /**
     * An entry of the permutation that sorts the keys, or of its inverse. Binds {@code index}, wherever it is free in
     * {@code key}. A permutation and its inverse cancel.
     */
    public Expr orderEntry(OrderOp op, Expr.Index index, Expr key, Expr at) {
        require(key.type() == Type.FLOAT && at.type() == Type.INT, "%s of %s at %s", op, key, at);
        Expr.Index bound = index(numberFor(index, key), index.extent());
        Expr renamed = Substitution.of(this, index, bound).apply(key);
        if (at instanceof Expr.Order o
                && o.op() == op.inverse()
                && o.index() == bound
                && o.key() == renamed
                && Orders.isInside(o)) {
            return o.at();
        }
        return intern(key(Expr.Order.class, op, List.of(bound, renamed, at)), new Expr.Order(op, bound, renamed, at));
    }

    private int numberFor(Expr.Index index, Expr body) {
        int number = 1 + facts.maxBoundAround(index, body);
        for (boolean taken = true; taken; number += taken ? 1 : 0) {
            int candidate = number;
            taken = freeIndices(body).stream().anyMatch(i -> !i.equals(index) && i.number() == candidate);
        }
        return number;
    }

    /** The indices that an enclosing reduction must bind, in order of first occurrence. */
    public Set<Expr.Index> freeIndices(Expr node) {
        return facts.of(node).free();
    }

    /** A number that is larger than that of every operand, so sorting by it gives a topological order. */
    public int order(Expr node) {
        return facts.of(node).order();
    }

    /** The length of the longest path to a leaf. */
    public int depth(Expr node) {
        return facts.of(node).depth();
    }

    /** The largest number bound in a node; 0 if there is none. */
    public int height(Expr node) {
        return facts.of(node).height();
    }

    /** The number of nodes so far. */
    public int size() {
        return facts.size();
    }

    /**
     * The operands of a node. For an index, this is its extent. For a reduction or an order, the extent of its index
     * comes first. For a scan, these are its extents, start, body, and the position and entry that are read.
     */
    public static List<Expr> operands(Expr node) {
        return switch (node) {
            case Expr.Constant c -> List.of();
            case Expr.IntConstant c -> List.of();
            case Expr.BooleanConstant c -> List.of();
            case Expr.Extent e -> List.of();
            case Expr.Local l -> List.of();
            case Expr.Index i -> List.of(i.extent());
            case Expr.Load l -> l.indices();
            case Expr.Unary u -> List.of(u.operand());
            case Expr.Binary b -> List.of(b.left(), b.right());
            case Expr.Compare c -> List.of(c.left(), c.right());
            case Expr.Select s -> List.of(s.condition(), s.whenTrue(), s.whenFalse());
            case Expr.Reduce r -> List.of(r.index().extent(), r.body());
            case Expr.State s -> plus(List.of(s.index()), s.entry());
            case Expr.Scan s -> plus(plus(s.steps().operands(), List.of(s.position())), s.entry());
            case Expr.Order o -> List.of(o.index().extent(), o.key(), o.at());
        };
    }

    static List<Expr> plus(List<Expr> first, List<Expr> second) {
        List<Expr> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Expr intern(List<Object> key, Expr candidate) {
        Expr known = interned.get(key);
        if (known != null) {
            return known;
        }
        interned.put(key, candidate);
        facts.add(candidate);
        return candidate;
    }

    private List<Object> key(Class<? extends Expr> kind, Object tag, List<? extends Expr> operands) {
        List<Object> key = new ArrayList<>(operands.size() + 2);
        key.add(kind);
        key.add(tag);
        operands.forEach(o -> key.add(order(o)));
        return key;
    }

    private static boolean accepts(UnaryOp op, Type type) {
        return switch (op) {
            case NEGATE, ABS -> type != Type.BOOLEAN;
            case TO_FLOAT -> type == Type.INT;
            case NOT -> type == Type.BOOLEAN;
            default -> type == Type.FLOAT;
        };
    }

    private static boolean accepts(BinaryOp op, Type type) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, MAX, MIN -> type != Type.BOOLEAN;
            case POW, ATAN2, HYPOT, XLOGY, XLOG1PY, XDIVY, LOG_QUOTIENT, RELATIVE_ENTROPY -> type == Type.FLOAT;
            case LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE, ROOT_OF_SQUARES ->
                type == Type.FLOAT;
            case AND, OR -> type == Type.BOOLEAN;
        };
    }

    private static void require(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException("malformed expression: " + message.formatted(arguments));
        }
    }
}
