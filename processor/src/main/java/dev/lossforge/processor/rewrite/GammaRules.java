package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for differences of logarithms of the gamma function and of its derivative, which cancel where these are large.
 */
final class GammaRules {

    static final List<Rule> ALL = List.of(new Rule(
            "gamma-difference",
            "lgamma(x) + lgamma(y) − lgamma(x + y), lgamma(x + y) − lgamma(x), digamma alike",
            "lbeta(x, y), lgammaDifference(x, y), digammaDifference(x, y)",
            REASSOCIATES,
            GammaRules::difference));

    private GammaRules() {}

    /** A term of a sum, and whether it is subtracted. */
    private record Term(Expr value, boolean negative) {}

    private static @Nullable Expr difference(Expr node, Exprs e) {
        if (!isSum(node) || !Patterns.isShort(node)) {
            return null;
        }
        List<Term> terms = new ArrayList<>();
        collect(node, false, terms);
        for (Term whole : terms) {
            Expr beta = beta(terms, whole, e);
            if (beta != null) {
                return beta;
            }
            for (UnaryOp op : List.of(UnaryOp.LGAMMA, UnaryOp.DIGAMMA)) {
                Expr.Binary sum = binary(BinaryOp.ADD, operand(op, whole.value));
                Expr replacement = sum == null ? null : replace(terms, whole, op, sum, e);
                if (replacement != null) {
                    return replacement;
                }
            }
        }
        return null;
    }

    /** {@code (log Γ(x + y) − log Γ(x)) − log Γ(y)}, of which the first difference is known already. */
    private static @Nullable Expr beta(List<Term> terms, Term whole, Exprs e) {
        Expr.Binary rise = binary(BinaryOp.LGAMMA_DIFFERENCE, whole.value);
        if (rise == null) {
            return null;
        }
        Term other = new Term(e.unary(UnaryOp.LGAMMA, rise.right()), !whole.negative);
        Term beta = new Term(e.binary(BinaryOp.LBETA, rise.left(), rise.right()), !whole.negative);
        return terms.contains(other) ? rest(terms, List.of(whole, other), beta, e) : null;
    }

    private static boolean isSum(Expr node) {
        return node instanceof Expr.Binary b && (b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT);
    }

    private static void collect(Expr node, boolean negative, List<Term> terms) {
        if (node instanceof Expr.Binary b && isSum(b)) {
            collect(b.left(), negative, terms);
            collect(b.right(), negative != (b.op() == BinaryOp.SUBTRACT), terms);
        } else if (operand(UnaryOp.NEGATE, node) != null) {
            collect(((Expr.Unary) node).operand(), !negative, terms);
        } else {
            terms.add(new Term(node, negative));
        }
    }

    private static @Nullable Expr replace(List<Term> terms, Term whole, UnaryOp op, Expr.Binary sum, Exprs e) {
        Term left = new Term(e.unary(op, sum.left()), !whole.negative);
        Term right = new Term(e.unary(op, sum.right()), !whole.negative);
        if (op == UnaryOp.LGAMMA && left != right && terms.contains(left) && terms.contains(right)) {
            Expr beta = e.binary(BinaryOp.LBETA, sum.left(), sum.right());
            return rest(terms, List.of(whole, left, right), new Term(beta, left.negative), e);
        }
        boolean ofLeft = terms.contains(left);
        if (!ofLeft && !terms.contains(right)) {
            return null;
        }
        Expr difference = e.binary(
                op == UnaryOp.LGAMMA ? BinaryOp.LGAMMA_DIFFERENCE : BinaryOp.DIGAMMA_DIFFERENCE,
                ofLeft ? sum.left() : sum.right(),
                ofLeft ? sum.right() : sum.left());
        return rest(terms, List.of(whole, ofLeft ? left : right), new Term(difference, whole.negative), e);
    }

    /** The sum with some terms replaced by one. */
    private static Expr rest(List<Term> terms, List<Term> replaced, Term by, Exprs e) {
        List<Term> rest = new ArrayList<>(terms);
        replaced.forEach(rest::remove);
        Expr sum = by.negative ? e.unary(UnaryOp.NEGATE, by.value) : by.value;
        for (Term term : rest) {
            sum = e.binary(term.negative ? BinaryOp.SUBTRACT : BinaryOp.ADD, sum, term.value);
        }
        return sum;
    }
}
