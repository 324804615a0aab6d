package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code cosh x ± sinh x}, anywhere in a sum: one of the two cancels all but rounding errors where {@code |x|} is
 * large.
 */
final class HyperbolicSum {

    static final Rule RULE =
            new Rule("hyperbolic-sum", "cosh x ± sinh x", "e^±x", Rule.Assumption.REASSOCIATES, HyperbolicSum::of);

    private HyperbolicSum() {}

    private static @Nullable Expr of(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        for (int i = 0; i < terms.size(); i++) {
            Expr x = operand(UnaryOp.SINH, terms.get(i).value());
            int cosh = x == null ? -1 : coshOf(x, terms, e);
            if (x != null && cosh >= 0) {
                boolean isNegative = terms.get(cosh).isNegative();
                Expr exponent = terms.get(i).isNegative() == isNegative ? x : negated(x, e);
                terms.set(cosh, new SignedTerm(e.unary(UnaryOp.EXP, exponent), isNegative));
                terms.remove(i);
                return SignedTerm.sum(terms, e);
            }
        }
        return null;
    }

    /** The position of the hyperbolic cosine of the same number or, as it is even, of its opposite. */
    private static int coshOf(Expr x, List<SignedTerm> terms, Exprs e) {
        for (int i = 0; i < terms.size(); i++) {
            Expr y = operand(UnaryOp.COSH, terms.get(i).value());
            if (y == x || y != null && negated(y, e) == x) {
                return i;
            }
        }
        return -1;
    }
}
