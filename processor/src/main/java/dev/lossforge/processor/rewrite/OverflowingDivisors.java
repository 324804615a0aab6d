package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.NonNegative;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Divisors that overflow. The quotient is 0 there, as it should be, but the slope is {@code 0·∞}. Where they are large,
 * an exponential multiplies instead.
 */
final class OverflowingDivisors {

    static final Rule RULE = new Rule(
            "overflowing-divisor",
            "y / (eˣ − 1), y / sinh x",
            "y·e⁻ˣ, 2·y·e⁻ˣ for large x",
            Rule.Assumption.LIMIT,
            OverflowingDivisors::quotient);

    /** From here on {@code eˣ − 1} is {@code eˣ} in float32, and {@code 2·sinh x}, too. */
    private static final double MIN = 20;

    private OverflowingDivisors() {}

    private static @Nullable Expr quotient(Expr node, Exprs e) {
        Expr choice = of(node, e);
        return choice == node ? null : choice;
    }

    /** The quotient, with another form where its divisor is large. */
    static Expr of(Expr node, Exprs e) {
        if (node instanceof Expr.Binary b && b.op() == BinaryOp.DIVIDE && b.type() == Type.FLOAT) {
            Monomial product = Monomial.of(b);
            for (Monomial.Power power : product.powers()) {
                if (power.exponent() < 0
                        && power.value() instanceof Expr.Unary divisor
                        && mayOverflow(divisor)
                        && Patterns.isDifferentiated(divisor.operand())) {
                    return choice(product, power, divisor, node, e);
                }
            }
        }
        return node;
    }

    private static boolean mayOverflow(Expr.Unary divisor) {
        Expr opposite = Patterns.operand(UnaryOp.NEGATE, divisor.operand());
        boolean isBounded = opposite != null && NonNegative.byConstruction(opposite);
        return divisor.op() == UnaryOp.SINH || divisor.op() == UnaryOp.EXPM1 && !isBounded;
    }

    /** A term without such a choice. */
    static SignedTerm asWritten(SignedTerm term) {
        return term.value() instanceof Expr.Select s
                        && s.condition() instanceof Expr.Compare c
                        && c.op() == Comparison.GREATER
                        && Patterns.isConstant(c.right(), MIN)
                ? new SignedTerm(s.whenFalse(), term.isNegative())
                : term;
    }

    private static Expr choice(Monomial product, Monomial.Power power, Expr.Unary divisor, Expr node, Exprs e) {
        Expr x = divisor.operand();
        boolean isSinh = divisor.op() == UnaryOp.SINH;
        Expr size = isSinh ? e.unary(UnaryOp.ABS, x) : x;
        Expr inverse = e.unary(UnaryOp.EXP, e.unary(UnaryOp.NEGATE, size));
        Expr far = isSinh
                ? e.binary(
                        BinaryOp.MULTIPLY,
                        e.constant(2.0),
                        e.binary(BinaryOp.MULTIPLY, e.unary(UnaryOp.SIGN, x), inverse))
                : inverse;
        Monomial others = product.over(Monomial.of(power));
        Expr replaced = others.times(Monomial.of(new Monomial.Power(far, -power.exponent())))
                .times(e.constant(1.0), e);
        return e.select(e.compare(Comparison.GREATER, size, e.constant(MIN)), replaced, node);
    }
}
