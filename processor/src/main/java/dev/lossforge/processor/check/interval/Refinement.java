package dev.lossforge.processor.check.interval;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.function.Function;

/** Draws from a condition what it says of the values compared, and of what these are made of. */
final class Refinement {

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final Interval EVERYTHING =
            Interval.FINITE.union(Interval.point(INFINITY)).union(Interval.point(-INFINITY));

    private static final Interval POSITIVE = Interval.above(0).union(Interval.point(INFINITY));
    private static final Interval NOT_NEGATIVE = POSITIVE.union(Interval.point(0));

    private final Function<Expr, Interval> around;
    private final Facts facts;

    private Refinement(Function<Expr, Interval> around, Facts facts) {
        this.around = around;
        this.facts = facts;
    }

    /**
     * Adds to the facts what holds where the condition is true, or false.
     *
     * @param around the intervals without the condition
     */
    static void add(Facts facts, Expr condition, boolean truth, Function<Expr, Interval> around) {
        new Refinement(around, facts).assume(condition, truth);
    }

    private void assume(Expr condition, boolean truth) {
        switch (condition) {
            case Expr.Compare c -> compare(truth ? c.op() : c.op().opposite(), c.left(), c.right());
            case Expr.Unary u when u.op() == UnaryOp.NOT -> assume(u.operand(), !truth);
            case Expr.Binary b
            when b.op() == BinaryOp.AND && truth || b.op() == BinaryOp.OR && !truth -> {
                assume(b.left(), truth);
                assume(b.right(), truth);
            }
            default -> {}
        }
    }

    private void compare(Comparison op, Expr left, Expr right) {
        switch (op) {
            case LESS -> less(left, right, true);
            case LESS_OR_EQUAL -> less(left, right, false);
            case GREATER -> less(right, left, true);
            case GREATER_OR_EQUAL -> less(right, left, false);
            case EQUAL -> {
                narrow(left, around.apply(right));
                narrow(right, around.apply(left));
            }
            case NOT_EQUAL -> {
                facts.order(left, right, EVERYTHING.exceptZero());
                differ(left, around.apply(right));
                differ(right, around.apply(left));
            }
        }
    }

    private void less(Expr less, Expr greater, boolean strict) {
        facts.order(greater, less, strict ? POSITIVE : NOT_NEGATIVE);
        Interval below = around.apply(greater);
        Interval above = around.apply(less);
        if (!below.isEmpty()) {
            narrow(less, new Interval(-INFINITY, false, below.high(), strict || below.highOpen(), false, false));
        }
        if (!above.isEmpty()) {
            narrow(greater, new Interval(above.low(), strict || above.lowOpen(), INFINITY, false, false, false));
        }
    }

    /** Only 0 can be left out from between the ends; another number only at an end. */
    private void differ(Expr node, Interval other) {
        if (!other.isPoint()) {
            return;
        }
        double value = other.low();
        Interval values = around.apply(node);
        if (value == 0) {
            narrow(node, EVERYTHING.exceptZero());
        } else if (values.low() == value) {
            narrow(node, new Interval(value, true, INFINITY, false, false, false));
        } else if (values.high() == value) {
            narrow(node, new Interval(-INFINITY, false, value, true, false, false));
        }
    }

    private void narrow(Expr node, Interval values) {
        Interval now = facts.narrow(around.apply(node), node);
        Interval intersection = now.intersect(values);
        Interval narrower = node.type() == Type.INT ? intersection.whole() : intersection;
        if (narrower.equals(now)) {
            return;
        }
        facts.narrow(node, narrower);
        operands(node, narrower.withNan(false));
    }

    /** What the result of an operation says of its operands. */
    private void operands(Expr node, Interval result) {
        switch (node) {
            case Expr.Unary u -> operand(u, result);
            case Expr.Binary b -> operands(b, result);
            default -> {}
        }
    }

    private void operand(Expr.Unary node, Interval result) {
        switch (node.op()) {
            case NEGATE -> narrow(node.operand(), result.negated());
            case TO_FLOAT, STOP_GRADIENT -> narrow(node.operand(), result);
            case ABS -> narrow(node.operand(), around(result.magnitude()));
            case SQUARE -> narrow(node.operand(), around(IntervalFunctions.sqrt(result)));
            default -> {}
        }
    }

    /** All numbers with a magnitude up to the greatest here; but 0, if no magnitude is 0. */
    private static Interval around(Interval magnitude) {
        Interval both = new Interval(
                -magnitude.high(), magnitude.highOpen(), magnitude.high(), magnitude.highOpen(), false, false);
        return magnitude.contains(0) ? both : both.exceptZero();
    }

    private void operands(Expr.Binary node, Interval result) {
        Interval left = around.apply(node.left());
        Interval right = around.apply(node.right());
        switch (node.op()) {
            case ADD -> {
                narrow(node.left(), IntervalArithmetic.subtract(result, right.finite()));
                narrow(node.right(), IntervalArithmetic.subtract(result, left.finite()));
            }
            case SUBTRACT -> {
                narrow(node.left(), IntervalArithmetic.add(result, right.finite()));
                narrow(node.right(), IntervalArithmetic.subtract(left.finite(), result));
            }
            case MULTIPLY -> factors(node, result, left, right);
            case MAX -> both(node, new Interval(-INFINITY, false, result.high(), result.highOpen(), false, false));
            case MIN -> both(node, new Interval(result.low(), result.lowOpen(), INFINITY, false, false, false));
            default -> {}
        }
    }

    private void factors(Expr.Binary node, Interval result, Interval left, Interval right) {
        if (!result.contains(0)) {
            both(node, EVERYTHING.exceptZero());
        }
        if (node.type() == Type.FLOAT && right.isPoint() && right.low() != 0) {
            narrow(node.left(), IntervalArithmetic.divide(result, right));
        }
        if (node.type() == Type.FLOAT && left.isPoint() && left.low() != 0) {
            narrow(node.right(), IntervalArithmetic.divide(result, left));
        }
    }

    private void both(Expr.Binary node, Interval values) {
        narrow(node.left(), values);
        narrow(node.right(), values);
    }
}
