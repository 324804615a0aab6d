package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code cosh x ± sinh x}, anywhere in a sum: one of the two cancels all but rounding errors where {@code |x|} is
 * large.
 */
final class HyperbolicSum {

    static final Rule RULE =
            new Rule("hyperbolic-sum", "cosh x ± sinh x", "e^±x", Rule.Assumption.REASSOCIATES, HyperbolicSum::of);

    private record Term(Expr value, boolean isNegative) {}

    private HyperbolicSum() {}

    private static @Nullable Expr of(Expr node, Exprs e) {
        if (!isSum(node) || !Patterns.isShort(node)) {
            return null;
        }
        List<Term> terms = new ArrayList<>();
        collect(node, false, terms);
        for (int i = 0; i < terms.size(); i++) {
            Expr x = operand(UnaryOp.SINH, terms.get(i).value());
            int cosh = x == null ? -1 : coshOf(x, terms, e);
            if (x != null && cosh >= 0) {
                boolean isNegative = terms.get(cosh).isNegative();
                Expr exponent = terms.get(i).isNegative() == isNegative ? x : negated(x, e);
                terms.set(cosh, new Term(e.unary(UnaryOp.EXP, exponent), isNegative));
                terms.remove(i);
                return sum(terms, e);
            }
        }
        return null;
    }

    private static boolean isSum(Expr node) {
        return node instanceof Expr.Binary b && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT);
    }

    private static void collect(Expr node, boolean isNegative, List<Term> terms) {
        if (node instanceof Expr.Binary b && isSum(b)) {
            collect(b.left(), isNegative, terms);
            collect(b.right(), isNegative != (b.op() == BinaryOp.SUBTRACT), terms);
        } else if (node instanceof Expr.Unary u && u.op() == UnaryOp.NEGATE) {
            collect(u.operand(), !isNegative, terms);
        } else {
            terms.add(new Term(node, isNegative));
        }
    }

    /** The position of the hyperbolic cosine of the same number or, as it is even, of its opposite. */
    private static int coshOf(Expr x, List<Term> terms, Exprs e) {
        for (int i = 0; i < terms.size(); i++) {
            Expr y = operand(UnaryOp.COSH, terms.get(i).value());
            if (y == x || y != null && negated(y, e) == x) {
                return i;
            }
        }
        return -1;
    }

    private static Expr sum(List<Term> terms, Exprs e) {
        Term first = terms.getFirst();
        Expr sum = first.isNegative() ? e.unary(UnaryOp.NEGATE, first.value()) : first.value();
        for (Term term : terms.subList(1, terms.size())) {
            sum = e.binary(term.isNegative() ? BinaryOp.SUBTRACT : BinaryOp.ADD, sum, term.value());
        }
        return sum;
    }
}
