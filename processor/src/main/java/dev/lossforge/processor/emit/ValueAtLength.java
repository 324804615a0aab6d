package dev.lossforge.processor.emit;

import dev.lossforge.processor.emit.Certainty.Kind;
import dev.lossforge.processor.emit.Certainty.Known;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is certain of a formula's value where some axes have one length, whatever the data are and however long other
 * axes are. Conditions on lengths and indices are decided; of those on data, both sides are taken to be possible.
 */
final class ValueAtLength {

    /** Of more rounds than these, only the first two and the last two are looked at. */
    private static final int FEW = 4;

    private final Exprs exprs;
    private final Set<Expr.Extent> axes;
    private final int length;
    private final Map<Expr.Index, Certainty> bound = new IdentityHashMap<>();
    private final Map<Expr, Certainty> known = new IdentityHashMap<>();
    private final Deque<Expr> underIndices = new ArrayDeque<>();

    private ValueAtLength(Exprs exprs, Set<Expr.Extent> axes, int length) {
        this.exprs = exprs;
        this.axes = axes;
        this.length = length;
    }

    static Certainty of(Exprs exprs, Expr value, Set<Expr.Extent> axes, int length) {
        return new ValueAtLength(exprs, axes, length).value(value);
    }

    private Certainty value(Expr node) {
        Certainty value = known.get(node);
        if (value == null) {
            value = compute(node);
            known.put(node, value);
            if (!exprs.freeIndices(node).isEmpty()) {
                underIndices.push(node);
            }
        }
        return value;
    }

    private Certainty compute(Expr node) {
        return switch (node) {
            case Expr.Constant c -> new Known(c.value());
            case Expr.IntConstant c -> new Known(c.value());
            case Expr.BooleanConstant c -> Certainty.of(c.value());
            case Expr.Extent e -> axes.contains(e) ? new Known(length) : Kind.UNKNOWN;
            case Expr.Index i -> bound.getOrDefault(i, Kind.UNKNOWN);
            case Expr.Load l -> load(l);
            case Expr.Unary u -> Certainty.apply(u.op(), value(u.operand()));
            case Expr.Binary b ->
                switch (b.op()) {
                    case AND -> logical(b, 0);
                    case OR -> logical(b, 1);
                    case DIVIDE -> isMeanOfNone(b) ? new Known(Double.NaN) : combined(b);
                    default -> combined(b);
                };
            case Expr.Compare c -> compare(c.op(), value(c.left()), value(c.right()));
            case Expr.Select s -> select(s);
            case Expr.Reduce r -> Certainty.reduce(r.op(), values(r.index(), r.body()), isFew(r.index()));
            case Expr.Scan s -> scan(s);
            case Expr.Order o -> order(o);
            case Expr.State s -> Kind.UNKNOWN;
            case Expr.Local l -> Kind.UNKNOWN;
        };
    }

    private Certainty combined(Expr.Binary node) {
        return Certainty.apply(node.op(), node.type(), value(node.left()), value(node.right()));
    }

    /** Whether a quotient is a mean over less than nothing, as over windows that are longer than the row. */
    private boolean isMeanOfNone(Expr.Binary quotient) {
        return quotient.left() instanceof Expr.Reduce r
                && r.op() == ReduceOp.SUM
                && quotient.right() instanceof Expr.Unary count
                && count.op() == UnaryOp.TO_FLOAT
                && count.operand() == r.index().extent()
                && value(r.index().extent()) instanceof Known n
                && n.value() <= 0;
    }

    private Certainty load(Expr.Load load) {
        for (int axis = 0; axis < load.indices().size(); axis++) {
            Certainty index = value(load.indices().get(axis));
            Certainty extent = value(exprs.extent(load.input(), axis));
            if (index == Kind.OUTSIDE
                    || index instanceof Known i
                            && (i.value() < 0 || extent instanceof Known n && i.value() >= n.value())) {
                return Kind.OUTSIDE;
            }
        }
        return Kind.UNKNOWN;
    }

    /**
     * AND or OR.
     *
     * @param decisive the operand that decides alone
     */
    private Certainty logical(Expr.Binary node, double decisive) {
        Certainty left = value(node.left());
        if (left == Kind.OUTSIDE || left.is(decisive)) {
            return left;
        }
        Certainty right = value(node.right());
        return left instanceof Known || right.is(decisive) ? right : Kind.UNKNOWN;
    }

    private static Certainty compare(Comparison op, Certainty left, Certainty right) {
        if (left == Kind.OUTSIDE || right == Kind.OUTSIDE) {
            return Kind.OUTSIDE;
        }
        if (left instanceof Known a && right instanceof Known b) {
            double x = a.value();
            double y = b.value();
            return Certainty.of(
                    switch (op) {
                        case LESS -> x < y;
                        case LESS_OR_EQUAL -> x <= y;
                        case GREATER -> x > y;
                        case GREATER_OR_EQUAL -> x >= y;
                        case EQUAL -> x == y;
                        case NOT_EQUAL -> x != y;
                    });
        }
        return Kind.UNKNOWN;
    }

    private Certainty select(Expr.Select select) {
        return switch (value(select.condition())) {
            case Known n -> value(n.value() != 0 ? select.whenTrue() : select.whenFalse());
            case Kind kind ->
                kind == Kind.OUTSIDE ? kind : Certainty.either(value(select.whenTrue()), value(select.whenFalse()));
        };
    }

    /** The states of all steps are computed, whichever is read. */
    private Certainty scan(Expr.Scan scan) {
        List<Certainty> parts = new ArrayList<>();
        scan.entry().forEach(e -> parts.add(value(e)));
        parts.add(value(scan.position()));
        parts.add(overAxes(scan, 0, scan.steps().start()));
        forEach(
                scan.steps().index(),
                () -> parts.add(overAxes(scan, 0, scan.steps().next())));
        return parts.contains(Kind.OUTSIDE) ? Kind.OUTSIDE : Kind.UNKNOWN;
    }

    /** Whether an expression in the steps reads outside for any entry of the state. */
    private Certainty overAxes(Expr.Scan scan, int axis, Expr node) {
        if (axis == scan.steps().axes().size()) {
            return value(node);
        }
        List<Certainty> entries = new ArrayList<>();
        forEach(scan.steps().axes().get(axis), () -> entries.add(overAxes(scan, axis + 1, node)));
        return entries.contains(Kind.OUTSIDE) ? Kind.OUTSIDE : Kind.UNKNOWN;
    }

    private Certainty order(Expr.Order order) {
        Certainty at = value(order.at());
        if (at == Kind.OUTSIDE || values(order.index(), order.key()).contains(Kind.OUTSIDE)) {
            return Kind.OUTSIDE;
        }
        if (at instanceof Known i && value(order.index().extent()) instanceof Known n) {
            return i.value() < 0 || i.value() >= n.value()
                    ? new Known(-1)
                    : n.value() == 1 ? new Known(0) : Kind.UNKNOWN;
        }
        return Kind.UNKNOWN;
    }

    private boolean isFew(Expr.Index index) {
        return value(index.extent()) instanceof Known n && n.value() <= FEW;
    }

    private List<Certainty> values(Expr.Index index, Expr body) {
        List<Certainty> values = new ArrayList<>();
        forEach(index, () -> values.add(value(body)));
        return values;
    }

    /** Does something for all values of an index, or for some if there are many or it is not known how many. */
    private void forEach(Expr.Index index, Runnable action) {
        rounds(index).forEach(i -> {
            int outer = underIndices.size();
            bound.put(index, new Known(i));
            action.run();
            bound.remove(index);
            forget(index, outer);
        });
    }

    private IntStream rounds(Expr.Index index) {
        if (value(index.extent()) instanceof Known n) {
            int rounds = (int) n.value();
            return rounds <= FEW ? IntStream.range(0, rounds) : IntStream.of(0, 1, rounds - 2, rounds - 1);
        }
        // An axis has an entry; other numbers of rounds may be 0.
        return index.extent() instanceof Expr.Extent ? IntStream.of(0) : IntStream.empty();
    }

    /** Forgets what was computed with an index. */
    private void forget(Expr.Index index, int outer) {
        List<Expr> kept = new ArrayList<>();
        while (underIndices.size() > outer) {
            Expr node = underIndices.pop();
            if (exprs.freeIndices(node).contains(index)) {
                known.remove(node);
            } else {
                kept.add(node);
            }
        }
        kept.forEach(underIndices::push);
    }
}
