package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.OrderOp;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Evaluates an expression, as it was written, with numbers of boundless range: the truth where doubles overflow. The
 * limit that the language states for {@code x · log y} at x = 0 holds here too.
 */
public final class WideInterpreter {

    private final Exprs exprs;
    private final InputValues inputs;
    private final Map<Expr.Index, Integer> bound = new HashMap<>();
    private final Map<Expr, Map<List<Integer>, Wide>> known = new IdentityHashMap<>();

    public WideInterpreter(Exprs exprs, InputValues inputs) {
        this.exprs = exprs;
        this.inputs = inputs;
    }

    /** The value, rounded once. */
    public double evaluate(Expr node) {
        return of(node).value();
    }

    private Wide of(Expr node) {
        List<Integer> key = new ArrayList<>();
        exprs.freeIndices(node).forEach(i -> key.add(Objects.requireNonNull(bound.get(i))));
        Map<List<Integer>, Wide> values = known.computeIfAbsent(node, n -> new HashMap<>());
        Wide value = values.get(key);
        if (value == null) {
            value = compute(node);
            values.put(key, value);
        }
        return value;
    }

    private Wide compute(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Wide.of(c.value());
            case Expr.IntConstant c -> Wide.of(c.value());
            case Expr.BooleanConstant c -> Wide.of(c.value() ? 1 : 0);
            case Expr.Extent e -> Wide.of(inputs.extent(e.input(), e.axis()));
            case Expr.Index i -> Wide.of(Objects.requireNonNull(bound.get(i)));
            case Expr.Load l ->
                Wide.of(inputs.get(
                        l.input(), l.indices().stream().mapToInt(this::whole).toArray()));
            case Expr.Unary u -> of(u.operand()).apply(u.op());
            case Expr.Binary b -> binary(b);
            case Expr.Compare c -> Wide.of(holds(c) ? 1 : 0);
            case Expr.Select s -> of(of(s.condition()).sign() != 0 ? s.whenTrue() : s.whenFalse());
            case Expr.Reduce r -> reduce(r);
            case Expr.State s -> throw new IllegalArgumentException("random formulas have no scans");
            case Expr.Scan s -> throw new IllegalArgumentException("random formulas have no scans");
            case Expr.Order o -> order(o);
            case Expr.Local l -> throw new IllegalArgumentException("a local has no value here: " + l.name());
        };
    }

    private int whole(Expr node) {
        return (int) Math.rint(of(node).value());
    }

    private boolean holds(Expr.Compare c) {
        double order = c.left().type() == Type.INT
                ? Integer.compare(whole(c.left()), whole(c.right()))
                : of(c.left()).compare(of(c.right()));
        return switch (c.op()) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
        };
    }

    private Wide binary(Expr.Binary node) {
        Wide x = of(node.left());
        if (node.op() == BinaryOp.AND && x.sign() == 0 || node.op() == BinaryOp.OR && x.sign() != 0) {
            return x;
        }
        if (node.type() == Type.INT) {
            return Wide.of(ReferenceMath.apply(node.op(), Type.INT, whole(node.left()), whole(node.right())));
        }
        Wide y = of(node.right());
        return switch (node.op()) {
            case ADD -> x.plus(y);
            case SUBTRACT -> x.plus(y.negate());
            case MULTIPLY -> isLimit(x, node.right()) || isLimit(y, node.left()) ? Wide.ZERO : x.times(y);
            case DIVIDE -> x.over(y);
            case MAX, MIN -> extreme(node.op() == BinaryOp.MAX ? 1 : -1, x, y);
            case HYPOT -> x.times(x).plus(y.times(y)).apply(UnaryOp.SQRT);
            case LOG_QUOTIENT -> x.over(y).apply(UnaryOp.LOG);
            default -> Wide.of(ReferenceMath.apply(node.op(), node.type(), x.value(), y.value()));
        };
    }

    /** {@code 0 · log 0}, or {@code x · log(x / y)} at x = 0. */
    private boolean isLimit(Wide factor, Expr other) {
        if (factor.sign() != 0
                || !(other instanceof Expr.Unary u)
                || u.op() != UnaryOp.LOG && u.op() != UnaryOp.LOG1P) {
            return false;
        }
        boolean quotient = u.operand() instanceof Expr.Binary b && b.op() == BinaryOp.DIVIDE;
        Wide logarithm = of(u);
        return quotient || !logarithm.isNaN() && logarithm.isInfinite() && logarithm.sign() < 0;
    }

    private static Wide extreme(int sign, Wide x, Wide y) {
        double order = sign * x.compare(y);
        return Double.isNaN(order) ? Wide.NAN : order >= 0 ? x : y;
    }

    private Wide reduce(Expr.Reduce r) {
        return reduce(r.op(), values(r.index(), r.body()));
    }

    private List<Wide> values(Expr.Index index, Expr body) {
        int n = Math.max(whole(index.extent()), 0);
        Integer outside = bound.get(index);
        List<Wide> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            bound.put(index, i);
            values.add(of(body));
        }
        if (outside != null) {
            bound.put(index, outside);
        }
        return values;
    }

    /** Equal ones keep their order, and NaN comes last. */
    private Wide order(Expr.Order o) {
        int at = whole(o.at());
        List<Wide> keys = values(o.index(), o.key());
        if (at < 0 || at >= keys.size()) {
            return Wide.of(-1);
        }
        int[] order = IntStream.range(0, keys.size())
                .boxed()
                .sorted((i, j) -> keys.get(i).isNaN() || keys.get(j).isNaN()
                        ? Boolean.compare(keys.get(i).isNaN(), keys.get(j).isNaN())
                        : (int) Math.signum(keys.get(i).compare(keys.get(j))))
                .mapToInt(i -> i)
                .toArray();
        return Wide.of(o.op() == OrderOp.ARG_SORT ? order[at] : Orders.inverse(order)[at]);
    }

    private static Wide reduce(ReduceOp op, List<Wide> terms) {
        return switch (op) {
            case SUM -> terms.stream().reduce(Wide.ZERO, Wide::plus);
            case PRODUCT -> terms.stream().reduce(Wide.of(1), Wide::times);
            case MAX -> terms.stream().reduce(Wide.of(Double.NEGATIVE_INFINITY), (x, y) -> extreme(1, x, y));
            case MIN -> terms.stream().reduce(Wide.of(Double.POSITIVE_INFINITY), (x, y) -> extreme(-1, x, y));
            case LOG_SUM_EXP ->
                terms.stream()
                        .map(t -> t.apply(UnaryOp.EXP))
                        .reduce(Wide.ZERO, Wide::plus)
                        .apply(UnaryOp.LOG);
            case NORM ->
                terms.stream()
                        .map(t -> t.times(t))
                        .reduce(Wide.ZERO, Wide::plus)
                        .apply(UnaryOp.SQRT);
            case LOG_SUM_EXP_EXCESS, ARG_MAX, ARG_MIN ->
                Wide.of(ReferenceMath.reduce(
                        op, terms.stream().mapToDouble(Wide::value).toArray()));
        };
    }
}
