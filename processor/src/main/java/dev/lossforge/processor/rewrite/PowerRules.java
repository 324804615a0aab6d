package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.oneMinus;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.EXACT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;

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
            boolean inOrder = oneMinus(second.left()) == y;
            if (inOrder || oneMinus(second.right()) == y) {
                Expr other = inOrder ? second.left() : second.right();
                Expr q = inOrder ? second.right() : second.left();
                return isShare(p) || isShare(q) ? mixture(y, p, other, q, e) : null;
            }
            Expr rest = oneMinus(y);
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
