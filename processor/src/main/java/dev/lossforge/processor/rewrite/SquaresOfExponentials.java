package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The square of a difference of exponentials over another, as in the divergences named χ² and in Pearson residuals of
 * counts. Where the divisor vanishes, so does the difference, and the quotient was {@code 0·∞}; the square overflowed
 * long before the quotient.
 */
final class SquaresOfExponentials {

    static final Rule RULE = new Rule(
            "square-of-exponentials",
            "(eˣ − y)²·eᶻ",
            "(e^(x + z / 2) − y·e^(z / 2))²",
            Rule.Assumption.LIMIT,
            SquaresOfExponentials::rewrite);

    private static final int MAX_TERMS = 3;

    private SquaresOfExponentials() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        boolean isProduct = node instanceof Expr.Binary b
                && (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE)
                && b.type() == Type.FLOAT;
        Monomial product = isProduct ? Monomial.of(node) : Monomial.ONE;
        for (Monomial.Power square : product.powers()) {
            for (Monomial.Power power : square.exponent() == 2 ? product.powers() : List.<Monomial.Power>of()) {
                Expr exponent = power.exponent() == 1 ? operand(UnaryOp.EXP, power.value()) : null;
                Expr together = exponent == null ? null : square(square.value(), exponent, e);
                if (together != null) {
                    return product.over(Monomial.of(square))
                            .over(Monomial.of(power))
                            .times(together, e);
                }
            }
        }
        return null;
    }

    private static @Nullable Expr square(Expr sum, Expr exponent, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(sum);
        if (terms.isEmpty() || terms.size() > MAX_TERMS) {
            return null;
        }
        Expr shift = e.binary(BinaryOp.MULTIPLY, e.constant(-0.5), exponent);
        List<SignedTerm> shifted = new ArrayList<>();
        boolean hasPower = false;
        for (SignedTerm term : terms) {
            ExponentialProduct factors = ExponentialProduct.of(term.value(), e);
            if (factors.exponent() == null && Patterns.isDifferentiated(term.value())) {
                return null; // it has a slope where it is 0, however great the exponential
            }
            hasPower |= factors.exponent() != null;
            shifted.add(new SignedTerm(factors.weighted(shift, e), term.isNegative()));
        }
        return hasPower ? e.unary(UnaryOp.SQUARE, SignedTerm.sum(shifted, e)) : null;
    }
}
