package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Orders;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Computes the interval of every expression of a formula, each once for each set of {@link Facts} that it depends on,
 * and finds the risks on the way. After a risk the analysis goes on as if the operand were inside, so that one cause is
 * told once.
 */
public final class IntervalAnalysis {

    /** Beyond so many sides of conditions the others are taken with what holds around them: less exact, never wrong. */
    private static final int MAX_FACTS = 400;

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Interval EXTENT = Interval.of(1, INFINITY);

    private final Exprs exprs;
    private final SimplerFunctions simpler;
    private final Function<Input, Interval> ranges;
    private final BiConsumer<Risk, List<Expr>> risks;
    private final Facts always = new Facts(null);
    private final Deque<Expr> path = new ArrayDeque<>();
    private int sides;

    /**
     * @param risks told of each risk, with the operations around it from the inside out; of the same one perhaps twice
     */
    public IntervalAnalysis(Exprs exprs, BiConsumer<Risk, List<Expr>> risks) {
        this(exprs, IntervalAnalysis::declared, risks);
    }

    /** The analysis for other ranges than the declared ones. */
    public IntervalAnalysis(Exprs exprs, Function<Input, Interval> ranges, BiConsumer<Risk, List<Expr>> risks) {
        this.exprs = exprs;
        this.ranges = ranges;
        this.simpler = new SimplerFunctions(exprs);
        this.risks = risks;
    }

    /** The interval of an expression, wherever it is computed. */
    public Interval of(Expr node) {
        return evaluate(node, always);
    }

    private Interval evaluate(Expr node, Facts facts) {
        Facts owner = facts.owner(node);
        return owner.known(node).orElseGet(() -> {
            path.push(node);
            Interval values = owner.narrow(compute(node, owner), node);
            path.pop();
            owner.keep(node, values);
            return values;
        });
    }

    private Interval compute(Expr node, Facts facts) {
        return switch (node) {
            case Expr.Constant c -> Interval.point(c.value());
            case Expr.IntConstant c -> Interval.point(c.value());
            case Expr.BooleanConstant c -> Interval.point(c.value() ? 1 : 0);
            case Expr.Extent e -> EXTENT;
            case Expr.Index i -> index(evaluate(i.extent(), facts));
            case Expr.Load l -> load(l, facts);
            case Expr.Unary u -> unary(u, evaluate(u.operand(), facts));
            case Expr.Binary b -> b.type() == Type.BOOLEAN ? logical(b, facts) : binary(b, facts);
            case Expr.Compare c ->
                IntervalComparisons.of(c.op(), evaluate(c.left(), facts), evaluate(c.right(), facts));
            case Expr.Select s -> select(s, facts);
            case Expr.Reduce r -> reduce(r, facts);
            case Expr.State s -> Interval.FINITE;
            case Expr.Scan s -> scan(s, facts);
            case Expr.Order o -> order(o, facts);
            case Expr.Local l -> throw new IllegalArgumentException("a local has no interval: " + l.name());
        };
    }

    private static Interval index(Interval extent) {
        return new Interval(0, false, extent.high() - 1, Double.isInfinite(extent.high()), false, false);
    }

    /** What the user declares, which the inputs keep; finite at any rate. */
    public static Interval declared(Input input) {
        Interval declared = Interval.of(input.min(), input.max());
        return input.type() == Type.INT ? declared.whole() : declared;
    }

    private Interval load(Expr.Load load, Facts facts) {
        load.indices().forEach(i -> evaluate(i, facts));
        return ranges.apply(load.input());
    }

    private Interval unary(Expr.Unary node, Interval operand) {
        return Domain.of(node.op())
                .filter(d -> !operand.withNan(false).isWithin(d.values()))
                .map(d -> {
                    tell(new Risk.OutsideDomain(node, node.op(), node.operand(), operand, d));
                    return IntervalFunctions.apply(node.op(), operand.finite()).orNan();
                })
                .orElseGet(() -> inside(node, operand));
    }

    private Interval inside(Expr.Unary node, Interval operand) {
        DoubleStream vertical = Domain.verticalAt(node.op()).filter(operand::contains);
        vertical.limit(1).forEach(x -> tell(new Risk.VerticalSlope(node, node.operand(), x, operand)));
        Domain.overflowsAbove(node.op())
                .filter(limit -> operand.high() > limit)
                .ifPresent(limit -> tell(new Risk.Overflow(node, node.operand(), operand, limit)));
        return IntervalFunctions.apply(node.op(), operand);
    }

    private Interval logical(Expr.Binary node, Facts facts) {
        boolean and = node.op() == BinaryOp.AND;
        Interval left = evaluate(node.left(), facts);
        Interval decided = Interval.point(and ? 0 : 1);
        if (left.equals(decided)) {
            return left;
        }
        Facts second = side(node.left(), and, facts);
        Interval right = second.areImpossible() ? Interval.EMPTY : evaluate(node.right(), second);
        return left.contains(decided.low()) ? right.union(decided) : right;
    }

    private Interval binary(Expr.Binary node, Facts facts) {
        Interval left = evaluate(node.left(), facts);
        Interval right = evaluate(node.right(), facts);
        if (left.isEmpty() || right.isEmpty()) {
            return Interval.EMPTY.withNan(left.nan() || right.nan());
        }
        return switch (node.op()) {
            case ADD -> add(node, left, right);
            case SUBTRACT -> difference(node, left, right, facts);
            case MULTIPLY -> multiply(node, left, right);
            case DIVIDE -> node.type() == Type.INT ? divideWhole(node, left, right) : divide(node, left, right, facts);
            case XDIVY -> divide(node, left, right, facts).union(Interval.point(0));
            case REMAINDER -> IntervalArithmetic.remainder(left, divisor(node, node.right(), right));
            case MAX -> IntervalArithmetic.max(left, right);
            case MIN -> IntervalArithmetic.min(left, right);
            case POW -> power(node, left, right);
            case ATAN2 -> Interval.of(-Math.PI, Math.PI).withNan(left.nan() || right.nan());
            case HYPOT -> IntervalArithmetic.hypotenuse(left, right);
            case XLOGY -> timesLogarithm(node, UnaryOp.LOG, left, right);
            case XLOG1PY -> timesLogarithm(node, UnaryOp.LOG1P, left, right);
            case LOG_QUOTIENT -> evaluate(simpler.logQuotient(node), facts);
            case RELATIVE_ENTROPY ->
                evaluate(simpler.relativeEntropy(node, left.isWithin(Interval.NOT_NEGATIVE)), facts);
            case LBETA -> beta(node, left, right, facts);
            case LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE -> evaluate(simpler.gammas(node), facts);
            case AND, OR, ROOT_OF_SQUARES -> throw new IllegalArgumentException("not in formulas: " + node.op());
        };
    }

    private Interval add(Expr.Binary node, Interval left, Interval right) {
        if (IntervalArithmetic.cancelsInfinities(left, right)) {
            tell(new Risk.Indeterminate(node, "∞ − ∞", left, right));
            return IntervalArithmetic.add(left.finite(), right.finite()).orNan();
        }
        return IntervalArithmetic.add(left, right);
    }

    private Interval difference(Expr.Binary node, Interval left, Interval right, Facts facts) {
        if (node.left() == node.right() && !left.hasInfinity()) {
            return Interval.point(0).withNan(left.nan());
        }
        Interval difference = add(node, left, right.negated());
        Dominance dominance = new Dominance(exprs, n -> evaluate(n, facts));
        if (dominance.isNeverLess(node.left(), node.right())) {
            return difference.intersect(Interval.NOT_NEGATIVE);
        }
        return dominance.isNeverLess(node.right(), node.left())
                ? difference.intersect(Interval.NOT_NEGATIVE.negated())
                : difference;
    }

    private Interval multiply(Expr.Binary node, Interval left, Interval right) {
        if (IntervalArithmetic.multipliesZeroByInfinity(left, right)) {
            tell(new Risk.Indeterminate(node, "0 · ∞", left, right));
            return IntervalArithmetic.multiply(left.finite(), right.finite()).orNan();
        }
        Interval product = IntervalArithmetic.multiply(left, right);
        return node.left() == node.right() ? product.intersect(Interval.NOT_NEGATIVE) : product;
    }

    private Interval divideWhole(Expr.Binary node, Interval left, Interval right) {
        return IntervalArithmetic.divideWhole(left, divisor(node, node.right(), right));
    }

    private Interval divide(Expr.Binary node, Interval left, Interval right, Facts facts) {
        Interval divisor = Quotients.isMean(node) ? count(node, right) : divisor(node, node.right(), right);
        if (left.hasInfinity() && right.hasInfinity()) {
            tell(new Risk.Indeterminate(node, "∞ / ∞", left, right));
            return IntervalArithmetic.divide(left.finite(), divisor.finite()).orNan();
        }
        Interval quotient = IntervalArithmetic.divide(left, divisor);
        return Quotients.isMean(node) && node.left() instanceof Expr.Reduce r
                ? quotient.intersect(evaluate(r.body(), facts).filled())
                : Quotients.share(node, quotient, n -> evaluate(n, facts));
    }

    private Interval count(Expr.Binary node, Interval count) {
        if (count.low() >= 1) {
            return count;
        }
        tell(new Risk.EmptyMean(node, count));
        return count.intersect(EXTENT).orNan();
    }

    /** The divisor without 0, which is told of. */
    private Interval divisor(Expr operation, Expr operand, Interval values) {
        if (!values.contains(0)) {
            return values;
        }
        tell(new Risk.ZeroDivisor(operation, operand, values));
        return withoutZero(values);
    }

    private static Interval withoutZero(Interval values) {
        return values.exceptZero().finite().orNan();
    }

    private Interval power(Expr.Binary node, Interval base, Interval exponent) {
        boolean whole = exponent.isPoint() && Math.rint(exponent.low()) == exponent.low();
        Interval inside = base;
        if (!whole && base.hasNegative()) {
            tell(new Risk.NegativeBase(node, node.left(), base, exponent));
            inside = base.finite().intersect(Interval.above(0)).orNan();
        } else if (exponent.hasNegative() && base.contains(0)) {
            tell(new Risk.ZeroBase(node, node.left(), base, exponent));
            inside = withoutZero(base);
        }
        if (inside.contains(0) && exponent.isWithin(Interval.between(0, 1))) {
            tell(new Risk.VerticalSlope(node, node.left(), 0, inside));
        }
        double limit = Domain.FLOAT_LOGARITHM / Math.log(base.low());
        if (base.isPoint() && limit > 0 && exponent.high() > limit) {
            tell(new Risk.Overflow(node, node.right(), exponent, limit));
        }
        return whole
                ? IntervalArithmetic.wholePower(inside, exponent.low())
                : IntervalArithmetic.power(inside, exponent);
    }

    private Interval timesLogarithm(Expr.Binary node, UnaryOp logarithm, Interval factor, Interval operand) {
        Domain domain = Domain.of(logarithm).orElseThrow();
        boolean outside = !operand.withNan(false).isWithin(domain.values());
        Interval inside = outside ? operand.finite().orNan() : operand;
        if (outside) {
            tell(new Risk.OutsideDomain(node, logarithm, node.right(), operand, domain));
        }
        return node.op() == BinaryOp.XLOGY && node.left() == node.right()
                ? IntervalFunctions.timesOwnLogarithm(inside)
                : IntervalArithmetic.timesLogarithm(node.op(), factor, inside);
    }

    private Interval beta(Expr.Binary node, Interval left, Interval right, Facts facts) {
        Domain domain = Domain.of(UnaryOp.LGAMMA).orElseThrow();
        boolean leftInside = left.withNan(false).isWithin(domain.values());
        boolean rightInside = right.withNan(false).isWithin(domain.values());
        if (leftInside && rightInside) {
            return evaluate(simpler.gammas(node), facts);
        }
        if (!leftInside) {
            tell(new Risk.OutsideDomain(node, UnaryOp.LGAMMA, node.left(), left, domain));
        }
        if (!rightInside) {
            tell(new Risk.OutsideDomain(node, UnaryOp.LGAMMA, node.right(), right, domain));
        }
        return Interval.FINITE.orNan();
    }

    private Interval select(Expr.Select node, Facts facts) {
        Interval condition = evaluate(node.condition(), facts);
        Interval whenTrue =
                condition.contains(1) ? evaluateSide(node.whenTrue(), node.condition(), true, facts) : Interval.EMPTY;
        Interval whenFalse =
                condition.contains(0) ? evaluateSide(node.whenFalse(), node.condition(), false, facts) : Interval.EMPTY;
        return whenTrue.union(whenFalse);
    }

    private Interval evaluateSide(Expr node, Expr condition, boolean truth, Facts facts) {
        Facts there = side(condition, truth, facts);
        return there.areImpossible() ? Interval.EMPTY : evaluate(node, there);
    }

    private Facts side(Expr condition, boolean truth, Facts around) {
        if (sides >= MAX_FACTS) {
            return around;
        }
        Facts there = new Facts(around);
        Refinement.add(there, condition, truth, n -> evaluate(n, around));
        sides += there.isVacuous() ? 0 : 1;
        return there.isVacuous() ? around : there;
    }

    /** What is told of a body holds of any state; what the states may be is not known. */
    private Interval scan(Expr.Scan node, Facts facts) {
        Exprs.operands(node).forEach(o -> evaluate(o, facts));
        return Interval.FINITE;
    }

    private Interval reduce(Expr.Reduce node, Facts facts) {
        Interval count = evaluate(node.index().extent(), facts);
        Interval value = count.high() < 1 ? Interval.EMPTY : evaluate(node.body(), facts);
        if (node.op() == ReduceOp.SUM && count.high() > 1 && IntervalArithmetic.cancelsInfinities(value, value)) {
            tell(new Risk.Indeterminate(node, "∞ − ∞", value, value));
            return IntervalReductions.apply(node.op(), count, value.finite()).orNan();
        }
        if (node.op() == ReduceOp.PRODUCT
                && count.high() > 1
                && IntervalArithmetic.multipliesZeroByInfinity(value, value)) {
            tell(new Risk.Indeterminate(node, "0 · ∞", value, value));
            return IntervalReductions.apply(node.op(), count, value.finite()).orNan();
        }
        return IntervalReductions.apply(node.op(), count, value);
    }

    private Interval order(Expr.Order node, Facts facts) {
        evaluate(node.key(), facts);
        evaluate(node.at(), facts);
        Interval inside = index(evaluate(node.index().extent(), facts));
        return Orders.isInside(node) ? inside : inside.union(Interval.point(-1));
    }

    private void tell(Risk risk) {
        risks.accept(risk, new ArrayList<>(path));
    }
}
