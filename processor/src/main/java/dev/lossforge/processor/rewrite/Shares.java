package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a sum, divided by the sum, as in the loss named after Geman and McClure. Its slope is that of {@code 1 − y
 * / (x + y)}: in {@code 1 / (x + y) − x / (x + y)²} all of it cancels where x is most of the sum.
 */
final class Shares {

    static final Rule RULE = new Rule(
            "share-of-sum",
            "c·x / (x + y)",
            "the same, differentiated as c·(1 − y / (x + y)); c where x is a great square",
            Rule.Assumption.LIMIT,
            Shares::rewrite);

    /** From here on a square may have overflowed in a moment. */
    private static final double GREAT = 0x1p100;

    /** Beside this multiple of a number the number is nothing. */
    private static final double NEGLIGIBLE = 0x1p30;

    private Shares() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.type() != Type.FLOAT || !Patterns.isShort(b)) {
            return null;
        }
        Monomial product = b.op() == BinaryOp.DIVIDE || b.op() == BinaryOp.MULTIPLY ? Monomial.of(b) : Monomial.ONE;
        for (Monomial.Power divisor : product.powers()) {
            for (SignedTerm part : divisor.exponent() == -1 ? SignedTerm.of(divisor.value()) : List.<SignedTerm>of()) {
                Monomial x = Monomial.of(part);
                Monomial factor = product.over(Monomial.of(divisor)).over(x);
                Expr rest = isFactor(product, x) ? rest(divisor.value(), part, e) : null;
                Expr quotient = e.binary(BinaryOp.DIVIDE, part.value(), divisor.value());
                if (rest != null) {
                    return quotient == node ? share(b, part.value(), rest, e) : factor.times(quotient, e);
                }
            }
        }
        return null;
    }

    private static boolean isFactor(Monomial product, Monomial part) {
        return part.powers().stream().allMatch(p -> product.exponentOf(p.value()) == p.exponent());
    }

    /** What is beside a square in a sum, if that is all there is to be differentiated. */
    private static @Nullable Expr rest(Expr sum, SignedTerm part, Exprs e) {
        List<SignedTerm> others = SignedTerm.without(SignedTerm.of(sum), List.of(part));
        return others == null
                        || part.isNegative()
                        || !ExprNodes.anyMatch(part.value(), n -> n instanceof Expr.Unary u && u.op() == UnaryOp.SQUARE)
                        || others.stream().anyMatch(term -> Patterns.isDifferentiated(term.value()))
                ? null
                : SignedTerm.sum(others, e);
    }

    private static Expr share(Expr.Binary quotient, Expr part, Expr rest, Exprs e) {
        Expr one = e.constant(1.0);
        Expr form = e.binary(BinaryOp.SUBTRACT, one, e.binary(BinaryOp.DIVIDE, rest, quotient.right()));
        Expr value = e.select(e.compare(Comparison.GREATER, part, bound(rest, e)), one, quotient);
        e.differentiateAs(value, form);
        return value;
    }

    /** Beyond, a square may have overflowed, and the rest is nothing beside it. */
    private static Expr bound(Expr rest, Exprs e) {
        return rest instanceof Expr.Constant c
                ? e.constant(Math.max(GREAT, NEGLIGIBLE * Math.abs(c.value())))
                : e.binary(
                        BinaryOp.MAX,
                        e.constant(GREAT),
                        e.binary(BinaryOp.MULTIPLY, e.constant(NEGLIGIBLE), e.unary(UnaryOp.ABS, rest)));
    }
}
