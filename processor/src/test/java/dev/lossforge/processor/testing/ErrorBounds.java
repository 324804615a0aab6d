package dev.lossforge.processor.testing;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in double precision and bounds the error of evaluating them in another: each operation passes
 * on the errors of its operands, by trying the ends of their ranges, and adds its own rounding. So the bound follows
 * the condition of the formula at the very inputs: it is narrow where the formula is benign, and undecided where
 * rounding decides a condition.
 */
public final class ErrorBounds {

    private final Exprs exprs;
    private final InputValues inputs;
    private final @Nullable ErrorBounds ofConstants;
    private final Precision precision;
    private final ReductionBounds reductions;
    private final Map<Expr, Map<List<Integer>, Approximation>> known = new IdentityHashMap<>();
    private final Map<Expr.Index, @Nullable Integer> bound = new IdentityHashMap<>();

    public ErrorBounds(Exprs exprs, InputValues inputs, Precision precision) {
        this(exprs, inputs, null, precision);
    }

    private ErrorBounds(Exprs exprs, InputValues inputs, @Nullable ErrorBounds ofConstants, Precision precision) {
        this.exprs = exprs;
        this.inputs = inputs;
        this.ofConstants = ofConstants;
        this.precision = precision;
        this.reductions = new ReductionBounds(precision);
    }

    /** The same at other inputs, which {@code stopGradient} does not see. */
    public ErrorBounds movedTo(InputValues moved) {
        return new ErrorBounds(exprs, moved, this, precision);
    }

    /** The value for given values of the free indices. */
    public Approximation of(Expr node, Map<Expr.Index, ? extends @Nullable Integer> indices) {
        bound.clear();
        bound.putAll(indices);
        return of(node);
    }

    private Approximation of(Expr node) {
        List<Integer> key = new ArrayList<>();
        exprs.freeIndices(node).forEach(i -> key.add(position(i)));
        Map<List<Integer>, Approximation> values = known.computeIfAbsent(node, n -> new HashMap<>());
        Approximation value = values.get(key);
        if (value == null) {
            value = held(compute(node), node.type());
            values.put(key, value);
        }
        return value;
    }

    private int position(Expr.Index index) {
        return Objects.requireNonNull(bound.get(index));
    }

    /** A number that may overflow is undecided. */
    private Approximation held(Approximation a, Type type) {
        double limit = type == Type.INT ? Integer.MAX_VALUE : precision.greatest() * (1 - 1e-6);
        boolean finite = Math.abs(a.value()) <= Double.MAX_VALUE;
        return finite && a.isDecided() && Math.abs(a.value()) + a.error() > limit
                ? Approximation.undecided(a.value())
                : a;
    }

    private Approximation compute(Expr node) {
        return switch (node) {
            case Expr.Constant c ->
                new Approximation(c.value(), rounding(Math.abs(precision.held(c.value()) - c.value())));
            case Expr.IntConstant c -> Approximation.exact(c.value());
            case Expr.BooleanConstant c -> Approximation.exact(c.value() ? 1 : 0);
            case Expr.Extent e -> Approximation.exact(inputs.extent(e.input(), e.axis()));
            case Expr.Index i -> Approximation.exact(position(i));
            case Expr.Load l -> load(l.input(), l.indices());
            case Expr.Unary u when u.op() == UnaryOp.STOP_GRADIENT && ofConstants != null -> ofConstants.of(u, bound);
            case Expr.Unary u -> unary(u.op(), of(u.operand()));
            case Expr.Binary b -> binary(b);
            case Expr.Compare c -> compare(c, of(c.left()), of(c.right()));
            case Expr.Select s -> select(s);
            case Expr.Reduce r -> reduce(r);
            case Expr.State s -> throw new IllegalArgumentException("random formulas have no scans");
            case Expr.Scan s -> throw new IllegalArgumentException("random formulas have no scans");
            case Expr.Order o -> order(o);
            case Expr.Local l -> throw new IllegalArgumentException("a local has no value here: " + l.name());
        };
    }

    private static double rounding(double error) {
        return Double.isNaN(error) ? 0 : error;
    }

    private Approximation load(Input input, List<Expr> indices) {
        int[] at = new int[indices.size()];
        boolean decided = true;
        for (int axis = 0; axis < at.length; axis++) {
            Approximation index = of(indices.get(axis));
            decided &= index.isDecided();
            at[axis] = (int) index.value();
        }
        double value = inputs.get(input, at);
        return decided ? Approximation.exact(value) : Approximation.undecided(value);
    }

    private Approximation unary(UnaryOp op, Approximation x) {
        double value = ReferenceMath.apply(op, x.value());
        if (!x.isDecided()) {
            return Approximation.undecided(value);
        }
        double spread = isPeriodic(op)
                ? periodicSpread(op, x)
                : spread(value, ReferenceMath.apply(op, x.value() - x.error()))
                        + spread(value, ReferenceMath.apply(op, x.value() + x.error()));
        boolean jumps = switch (op) {
            case SIGN, FLOOR, CEIL, ROUND, TO_INT, NAN_OR_ZERO, NOT -> true;
            default -> false;
        };
        if (jumps) {
            return spread == 0 ? Approximation.exact(value) : Approximation.undecided(value);
        }
        return rounded(value, spread, precision.accuracy().of(op));
    }

    private static boolean isPeriodic(UnaryOp op) {
        return op == UnaryOp.SIN || op == UnaryOp.COS || op == UnaryOp.TAN;
    }

    /** Between the ends of a range these functions go beyond their values there: by no more than their slopes allow. */
    private static double periodicSpread(UnaryOp op, Approximation x) {
        if (x.error() == 0) {
            return 0;
        }
        double fromPole = Math.abs(Math.IEEEremainder(x.value() - Math.PI / 2, Math.PI)) - x.error();
        return op != UnaryOp.TAN
                ? Math.min(x.error(), 2)
                : fromPole > 0 ? x.error() / Math.pow(Math.sin(fromPole), 2) : Double.POSITIVE_INFINITY;
    }

    /** The distance from the value to one that is possible too; ∞ if they are of different kinds. */
    static double spread(double value, double possible) {
        if (Double.compare(value, possible) == 0 || value == possible) {
            return 0;
        }
        double distance = Math.abs(possible - value);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private Approximation rounded(double value, double spread, double ulps) {
        boolean finite = Math.abs(value) <= Double.MAX_VALUE;
        double own = finite && value != 0 ? ulps * (precision.roundoff() * Math.abs(value) + precision.least()) : 0;
        return new Approximation(value, spread + own);
    }

    private Approximation binary(Expr.Binary node) {
        Approximation x = of(node.left());
        BinaryOp op = node.op();
        if (op == BinaryOp.AND && isSurely(x, 0) || op == BinaryOp.OR && isSurely(x, 1)) {
            return x;
        }
        Approximation y = of(node.right());
        if (op == BinaryOp.AND && isSurely(y, 0) || op == BinaryOp.OR && isSurely(y, 1)) {
            return y;
        }
        return binary(op, node.type(), x, y);
    }

    private static boolean isSurely(Approximation x, double value) {
        return x.error() == 0 && x.value() == value;
    }

    private Approximation binary(BinaryOp op, Type type, Approximation x, Approximation y) {
        double value = ReferenceMath.apply(op, type, x.value(), y.value());
        boolean nan = (x.isSurelyNaN() || y.isSurelyNaN()) && op != BinaryOp.POW && op != BinaryOp.HYPOT;
        if (nan) {
            return Approximation.exact(Double.NaN);
        }
        if (!x.isDecided() || !y.isDecided()) {
            return Approximation.undecided(value);
        }
        double spread = 0;
        for (double left : possible(x)) {
            for (double right : possible(y)) {
                if (op == BinaryOp.REMAINDER && Math.floor(left / right) != Math.floor(x.value() / y.value())) {
                    return Approximation.undecided(value);
                }
                spread = Math.max(spread, spread(value, ReferenceMath.apply(op, type, left, right)));
            }
        }
        if (type != Type.FLOAT) {
            return spread == 0 ? Approximation.exact(value) : Approximation.undecided(value);
        }
        return rounded(value, spread, precision.accuracy().of(op));
    }

    /** The ends of a range, its middle, and 0 if it lies between: there quotients and logarithms have their poles. */
    private static double[] possible(Approximation x) {
        double low = x.value() - x.error();
        double high = x.value() + x.error();
        return low < 0 && high > 0 ? new double[] {low, x.value(), high, 0} : new double[] {low, x.value(), high};
    }

    private static Approximation compare(Expr.Compare c, Approximation x, Approximation y) {
        boolean holds = switch (c.op()) {
            case LESS -> x.value() < y.value();
            case LESS_OR_EQUAL -> x.value() <= y.value();
            case GREATER -> x.value() > y.value();
            case GREATER_OR_EQUAL -> x.value() >= y.value();
            case EQUAL -> x.value() == y.value();
            case NOT_EQUAL -> x.value() != y.value();
        };
        double error = x.error() + y.error();
        boolean decided = error == 0 || Math.abs(x.value() - y.value()) > error && x.isDecided() && y.isDecided();
        return decided ? Approximation.exact(holds ? 1 : 0) : Approximation.undecided(holds ? 1 : 0);
    }

    private Approximation select(Expr.Select node) {
        Approximation condition = of(node.condition());
        Approximation chosen = of(condition.value() != 0 ? node.whenTrue() : node.whenFalse());
        return condition.isDecided() ? chosen : Approximation.undecided(chosen.value());
    }

    private List<Approximation> values(Expr.Index index, Expr body) {
        int n = Math.max((int) of(index.extent()).value(), 0);
        List<Approximation> values = new ArrayList<>();
        @Nullable Integer outside = bound.get(index);
        for (int i = 0; i < n; i++) {
            bound.put(index, i);
            values.add(of(body));
        }
        bound.put(index, outside);
        return values;
    }

    private Approximation order(Expr.Order node) {
        Approximation at = of(node.at());
        Approximation extent = of(node.index().extent());
        Approximation entry = ReductionBounds.orderEntry(node.op(), values(node.index(), node.key()), (int) at.value());
        return at.isDecided() && extent.isDecided() ? entry : Approximation.undecided(entry.value());
    }

    private Approximation reduce(Expr.Reduce node) {
        Approximation extent = of(node.index().extent());
        List<Approximation> terms = values(node.index(), node.body());
        double[] values = terms.stream().mapToDouble(Approximation::value).toArray();
        double value = ReferenceMath.reduce(node.op(), values);
        if (!extent.isDecided()) {
            return Approximation.undecided(value);
        }
        boolean argument = switch (node.op()) {
            case ARG_MAX, ARG_MIN -> true;
            default -> false;
        };
        if (terms.stream().anyMatch(Approximation::isSurelyNaN) && !argument) {
            return Approximation.exact(Double.NaN);
        }
        return switch (node.op()) {
            case SUM -> reductions.sum(value, terms);
            case PRODUCT ->
                terms.stream().reduce(Approximation.exact(1), (x, y) -> binary(BinaryOp.MULTIPLY, node.type(), x, y));
            case MAX -> ReductionBounds.greatest(terms, 1);
            case MIN -> ReductionBounds.greatest(terms, -1);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> reductions.logSumExp(node.op(), value, terms);
            case NORM -> reductions.norm(value, terms);
            case ARG_MAX -> ReductionBounds.position(value, terms, 1);
            case ARG_MIN -> ReductionBounds.position(value, terms, -1);
        };
    }
}
