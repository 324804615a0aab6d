package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for powers, whose slope at 0 is infinite: of exponentials, which are 0 only by underflow, and of squares, whose
 * own slope is 0 there; and for what powers are often taken of.
 */
final class PowerRules {

    static final List<Rule> ALL = List.of(
            new Rule("power-of-exp", "(eˣ)ʸ, σ(x)ʸ", "e^(y·x), e^(−y·softplus(−x))", LIMIT, PowerRules::ofExponential),
            new Rule("power-of-square", "(x²)ʸ, (Σ x²)ʸ", "|x|²ʸ, ‖x‖²ʸ", LIMIT, PowerRules::ofSquare),
            new Rule(
                    "power-of-one-plus",
                    "(1 ± x)^(y / z)",
                    "e^(y / z·log1p(±x)) for |x| < ½",
                    REASSOCIATES,
                    PowerRules::ofOnePlus),
            new Rule(
                    "power-minus-one",
                    "xʸ − 1, 1 − xʸ",
                    "±expm1(y·log x) for |y·log x| < ½",
                    REASSOCIATES,
                    true,
                    PowerRules::minusOne),
            new Rule(
                    "complement-of-mixture",
                    "1 − (y·p + (1 − y)·q)",
                    "y·(1 − p) + (1 − y)·(1 − q)",
                    EXACT,
                    PowerRules::complement));

    private PowerRules() {}

    private static @Nullable Expr ofExponential(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        Expr log = power == null ? null : Logarithms.ofExponential(power.left(), e);
        if (power == null || log == null) {
            return null;
        }
        Expr exponent = power.right();
        Expr exp = e.unary(UnaryOp.EXP, e.binary(BinaryOp.MULTIPLY, exponent, log));
        if (exponent instanceof Expr.Constant || Patterns.isDifferentiated(exponent)) {
            return exp;
        }
        // 0⁰ is 1, but 0·log 0 is NaN.
        Expr isZero = e.compare(Comparison.EQUAL, exponent, e.constant(0.0));
        return e.select(isZero, e.constant(1.0), exp);
    }

    private static @Nullable Expr ofSquare(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        Expr root = power == null ? null : RootRules.of(power.left(), e);
        return power == null || root == null
                ? null
                : e.binary(BinaryOp.POW, root, e.binary(BinaryOp.MULTIPLY, e.constant(2.0), power.right()));
    }

    /** The exponent of a quotient has no bound, and multiplies the rounding error of the sum. */
    private static @Nullable Expr ofOnePlus(Expr node, Exprs e) {
        Expr.Binary power = binary(BinaryOp.POW, node);
        Expr x = power == null || !isQuotient(power.right()) ? null : beyondOne(power.left(), e);
        if (power == null || x == null) {
            return null;
        }
        Expr log = e.binary(BinaryOp.MULTIPLY, power.right(), e.unary(UnaryOp.LOG1P, x));
        return e.select(OddSeries.isBelow(x, 0.5, e), e.unary(UnaryOp.EXP, log), node);
    }

    private static boolean isQuotient(Expr node) {
        Expr.Binary quotient = binary(BinaryOp.DIVIDE, node);
        Expr opposite = operand(UnaryOp.NEGATE, node);
        return quotient != null && !Patterns.isOrdinary(quotient.right()) || opposite != null && isQuotient(opposite);
    }

    /** The x of {@code 1 + x}, also where that is written as a difference. */
    private static @Nullable Expr beyondOne(Expr node, Exprs e) {
        Expr plus = Patterns.onePlus(node);
        return plus != null ? plus : Patterns.map(oneMinus(node), x -> Patterns.negated(x, e));
    }

    private static @Nullable Expr minusOne(Expr node, Exprs e) {
        Expr power = Patterns.minusOne(node);
        Expr subtracted = oneMinus(node);
        if (Patterns.onePlus(operand(UnaryOp.SQRT, power)) != null) {
            return null; // of a single root there is a quotient
        }
        Expr log = logOfPower(power != null ? power : subtracted, e);
        if (log == null) {
            return null;
        }
        Expr more = e.unary(UnaryOp.EXPM1, log);
        return e.select(OddSeries.isBelow(log, 0.5, e), power != null ? more : e.unary(UnaryOp.NEGATE, more), node);
    }

    /**
     * The logarithm of a power that 1 is taken from; a whole power of an input has the error of its rounding alone. A
     * negative base has the logarithm −∞, so that its power decides, in the value and in a warning.
     */
    private static @Nullable Expr logOfPower(@Nullable Expr power, Exprs e) {
        Expr.Binary general = binary(BinaryOp.POW, power);
        if (general != null && !(general.right() instanceof Expr.Constant)) {
            Expr log = logOfSum(general.left(), e);
            Expr ofInput = e.unary(UnaryOp.LOG, e.binary(BinaryOp.MAX, general.left(), e.constant(0.0)));
            return e.binary(BinaryOp.MULTIPLY, general.right(), log == null ? ofInput : log);
        }
        return power == null || logOfSum(power, e) != null ? null : logOfProduct(power, e);
    }

    /** Of a root, inverse or constant power of a sum with 1, or of a product of such. */
    private static @Nullable Expr logOfProduct(Expr node, Exprs e) {
        if (node instanceof Expr.Unary root && root.op() == UnaryOp.SQRT) {
            return Patterns.map(logOfProduct(root.operand(), e), log -> times(0.5, log, e));
        }
        if (node instanceof Expr.Binary b) {
            Expr left = b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT ? null : logOfProduct(b.left(), e);
            return switch (b.op()) {
                case POW -> left != null && b.right() instanceof Expr.Constant c ? times(c.value(), left, e) : null;
                case MULTIPLY ->
                    left == null
                            ? null
                            : Patterns.map(logOfProduct(b.right(), e), log -> e.binary(BinaryOp.ADD, left, log));
                case DIVIDE ->
                    Patterns.isConstant(b.left(), 1)
                            ? Patterns.map(logOfProduct(b.right(), e), log -> times(-1, log, e))
                            : null;
                default -> logOfSum(node, e);
            };
        }
        return null;
    }

    /** Of {@code 1 ± x} and of {@code √(1 + x²)}. */
    private static @Nullable Expr logOfSum(Expr node, Exprs e) {
        Expr.Binary hypot = binary(BinaryOp.HYPOT, node);
        if (hypot != null) {
            Expr leg = Patterns.isConstant(hypot.left(), 1)
                    ? hypot.right()
                    : Patterns.isConstant(hypot.right(), 1) ? hypot.left() : null;
            return Patterns.map(leg, x -> times(0.5, e.unary(UnaryOp.LOG1P, e.unary(UnaryOp.SQUARE, x)), e));
        }
        return Patterns.map(
                beyondOne(node, e), x -> e.unary(UnaryOp.LOG1P, e.binary(BinaryOp.MAX, x, e.constant(-1.0))));
    }

    private static Expr times(double factor, Expr value, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(factor), value);
    }

    private static @Nullable Expr complement(Expr node, Exprs e) {
        Expr.Binary sum = binary(BinaryOp.ADD, oneMinus(node));
        Expr.Binary first = sum == null ? null : binary(BinaryOp.MULTIPLY, sum.left());
        Expr.Binary second = sum == null ? null : binary(BinaryOp.MULTIPLY, sum.right());
        if (first == null || second == null) {
            return null;
        }
        for (boolean left : new boolean[] {true, false}) {
            Expr y = left ? first.left() : first.right();
            Expr p = left ? first.right() : first.left();
            boolean inOrder = Patterns.complementOf(second.left(), e) == y;
            if (inOrder || Patterns.complementOf(second.right(), e) == y) {
                Expr other = inOrder ? second.left() : second.right();
                Expr q = inOrder ? second.right() : second.left();
                return isShare(p) || isShare(q) ? mixture(y, p, other, q, e) : null;
            }
            Expr rest = Patterns.complementOf(y, e);
            if (rest != null && (rest == second.left() || rest == second.right())) {
                Expr q = rest == second.left() ? second.right() : second.left();
                return isShare(p) || isShare(q) ? mixture(y, p, rest, q, e) : null;
            }
        }
        return null;
    }

    /** Whether a value has a better complement than the difference. */
    private static boolean isShare(Expr node) {
        return operand(UnaryOp.SIGMOID, node) != null;
    }

    private static Expr mixture(Expr y, Expr p, Expr rest, Expr q, Exprs e) {
        return e.binary(
                BinaryOp.ADD,
                e.binary(BinaryOp.MULTIPLY, y, e.binary(BinaryOp.SUBTRACT, e.constant(1.0), p)),
                e.binary(BinaryOp.MULTIPLY, rest, e.binary(BinaryOp.SUBTRACT, e.constant(1.0), q)));
    }
}
