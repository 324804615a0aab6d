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
 * Rules for differences of logarithms of the gamma function and of its derivatives, which cancel where these are large.
 */
final class GammaRules {

    static final List<Rule> ALL = List.of(new Rule(
            "gamma-difference",
            "lgamma(x) + lgamma(y) − lgamma(x + y), lgamma(x + y) − lgamma(x), digamma and trigamma alike",
            "lbeta(x, y), lgammaDifference(x, y), digammaDifference(x, y), trigammaDifference(x, y)",
            REASSOCIATES,
            GammaRules::difference));

    private GammaRules() {}

    private static @Nullable Expr difference(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        for (SignedTerm whole : terms) {
            Expr beta = beta(terms, whole, e);
            if (beta != null) {
                return beta;
            }
            for (UnaryOp op : List.of(UnaryOp.LGAMMA, UnaryOp.DIGAMMA, UnaryOp.TRIGAMMA)) {
                Expr.Binary sum = binary(BinaryOp.ADD, operand(op, whole.value()));
                Expr replacement = sum == null ? null : replace(terms, whole, op, sum, e);
                if (replacement != null) {
                    return replacement;
                }
            }
        }
        return null;
    }

    /** {@code (log Γ(x + y) − log Γ(x)) − log Γ(y)}, of which the first difference is known already. */
    private static @Nullable Expr beta(List<SignedTerm> terms, SignedTerm whole, Exprs e) {
        Expr.Binary rise = binary(BinaryOp.LGAMMA_DIFFERENCE, whole.value());
        if (rise == null) {
            return null;
        }
        SignedTerm other = new SignedTerm(e.unary(UnaryOp.LGAMMA, rise.right()), !whole.isNegative());
        SignedTerm beta = new SignedTerm(e.binary(BinaryOp.LBETA, rise.left(), rise.right()), !whole.isNegative());
        return terms.contains(other) ? rest(terms, List.of(whole, other), beta, e) : null;
    }

    private static @Nullable Expr replace(
            List<SignedTerm> terms, SignedTerm whole, UnaryOp op, Expr.Binary sum, Exprs e) {
        SignedTerm left = new SignedTerm(e.unary(op, sum.left()), !whole.isNegative());
        SignedTerm right = new SignedTerm(e.unary(op, sum.right()), !whole.isNegative());
        if (op == UnaryOp.LGAMMA && left != right && terms.contains(left) && terms.contains(right)) {
            Expr beta = e.binary(BinaryOp.LBETA, sum.left(), sum.right());
            return rest(terms, List.of(whole, left, right), new SignedTerm(beta, left.isNegative()), e);
        }
        boolean ofLeft = terms.contains(left);
        if (!ofLeft && !terms.contains(right)) {
            return null;
        }
        Expr difference =
                e.binary(differenceOf(op), ofLeft ? sum.left() : sum.right(), ofLeft ? sum.right() : sum.left());
        return rest(terms, List.of(whole, ofLeft ? left : right), new SignedTerm(difference, whole.isNegative()), e);
    }

    private static BinaryOp differenceOf(UnaryOp op) {
        return switch (op) {
            case LGAMMA -> BinaryOp.LGAMMA_DIFFERENCE;
            case DIGAMMA -> BinaryOp.DIGAMMA_DIFFERENCE;
            default -> BinaryOp.TRIGAMMA_DIFFERENCE;
        };
    }

    /** The sum with some terms replaced by one. */
    private static Expr rest(List<SignedTerm> terms, List<SignedTerm> replaced, SignedTerm by, Exprs e) {
        List<SignedTerm> rest = new ArrayList<>(terms);
        replaced.forEach(rest::remove);
        rest.addFirst(by);
        return SignedTerm.sum(rest, e);
    }
}
