package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a share leaves of a product. The second derivative of a softmax is {@code p − p²} with {@code p = eᵘ}, of which
 * nothing is left where p is nearly 1, and a factor as the square of a temperature makes much of the rounding.
 */
final class ExponentialComplement {

    static final Rule RULE =
            new Rule("exponential-complement", "x − x·eᵘ", "−x·expm1(u)", LIMIT, ExponentialComplement::rewrite);

    private ExponentialComplement() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() != 2) {
            return null;
        }
        Expr complement = complement(terms.get(0), terms.get(1), e);
        return complement != null ? complement : complement(terms.get(1), terms.get(0), e);
    }

    private static @Nullable Expr complement(SignedTerm whole, SignedTerm share, Exprs e) {
        Monomial ratio = Monomial.of(share).over(Monomial.of(whole));
        if (ratio.factor() != -1 || ratio.powers().size() != 1) {
            return null;
        }
        Monomial.Power power = ratio.powers().getFirst();
        Expr exponent = power.exponent() == 1 ? Patterns.operand(UnaryOp.EXP, power.value()) : null;
        if (exponent == null) {
            return null;
        }
        Expr rest = e.binary(BinaryOp.MULTIPLY, whole.value(), e.unary(UnaryOp.EXPM1, exponent));
        return whole.isNegative() ? rest : e.unary(UnaryOp.NEGATE, rest);
    }
}
