package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two relative entropies {@code x·log(x / y)} whose first orders cancel where x is nearly y: of a probability and its
 * complement. Less {@code x − y}, which is opposite for the two, neither is negative, and near 0 it is a series of the
 * difference.
 */
final class RelativeEntropies {

    static final Rule RULE = new Rule(
            "relative-entropies",
            "p·log(p / q) + (1 − p)·log((1 − p) / (1 − q))",
            "each less its first order",
            Rule.Assumption.REASSOCIATES,
            RelativeEntropies::rewrite);

    private static final int MAX_TERMS = 6;

    private RelativeEntropies() {}

    /** A term {@code c·x·log(x / y)}, or c times the sum of that over an index. */
    private record Entropy(
            SignedTerm term, Monomial factor, Expr body, Expr.Binary entropy, Expr.@Nullable Reduce sum) {

        Expr x() {
            return entropy.left();
        }

        Expr y() {
            return entropy.right();
        }

        static @Nullable Entropy of(SignedTerm term) {
            Monomial product = Monomial.of(term);
            for (Monomial.Power power : product.powers()) {
                Expr.Reduce sum = power.value() instanceof Expr.Reduce r && r.op() == ReduceOp.SUM ? r : null;
                Expr body = sum == null ? power.value() : sum.body();
                Expr.Binary entropy = binary(BinaryOp.RELATIVE_ENTROPY, body);
                if (entropy != null && power.exponent() == 1) {
                    Monomial factor = product.over(Monomial.of(power));
                    return new Entropy(term, factor, body, entropy, sum);
                }
            }
            return null;
        }

        /** This term with its first order {@code x − y} taken away. */
        SignedTerm withoutFirstOrder(Expr difference, Exprs e) {
            Expr x = entropy.left();
            Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), x);
            Expr isNear = e.compare(Comparison.LESS, e.unary(UnaryOp.ABS, difference), half);
            Expr rest = e.unary(UnaryOp.LOG1P_REST, NearQuotients.excessBy(difference, x, e));
            Expr near = e.unary(UnaryOp.NEGATE, e.binary(BinaryOp.MULTIPLY, x, rest));
            Expr small = e.select(isNear, near, e.binary(BinaryOp.ADD, body, difference));
            Expr value = sum == null ? small : e.reduce(ReduceOp.SUM, sum.index(), small);
            boolean isNegative = factor.factor() < 0;
            return new SignedTerm(factor.times(isNegative ? -1 : 1).times(value, e), isNegative);
        }
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        List<Entropy> entropies = new ArrayList<>();
        for (SignedTerm term : terms) {
            Entropy entropy = Entropy.of(term);
            if (entropy != null) {
                entropies.add(entropy);
            }
        }
        for (int i = 0; i < entropies.size(); i++) {
            for (int k = i + 1; k < entropies.size(); k++) {
                Expr pair = pair(terms, entropies.get(i), entropies.get(k), e);
                if (pair != null) {
                    return pair;
                }
            }
        }
        return null;
    }

    private static @Nullable Expr pair(List<SignedTerm> terms, Entropy first, Entropy second, Exprs e) {
        if (!first.factor.isSame(second.factor)) {
            return null;
        }
        Expr difference = difference(first, second, e);
        if (difference == null) {
            return null;
        }
        List<SignedTerm> all = new ArrayList<>(terms);
        all.remove(first.term);
        all.remove(second.term);
        all.addFirst(second.withoutFirstOrder(e.unary(UnaryOp.NEGATE, difference), e));
        all.addFirst(first.withoutFirstOrder(difference, e));
        return SignedTerm.sum(all, e);
    }

    /** {@code y − x} of the first, if it is {@code x − y} of the second; or null. */
    private static @Nullable Expr difference(Entropy first, Entropy second, Exprs e) {
        boolean isOverOne =
                first.sum == null ? second.sum == null : second.sum != null && first.sum.index() == second.sum.index();
        if (!isOverOne) {
            return null;
        }
        if (areComplements(first, second, e) || areComplements(second, first, e)) {
            Entropy plain = areComplements(first, second, e) ? first : second;
            Expr difference = e.binary(BinaryOp.SUBTRACT, plain.y(), plain.x());
            return plain == first ? difference : e.unary(UnaryOp.NEGATE, difference);
        }
        return null;
    }

    private static boolean areComplements(Entropy plain, Entropy other, Exprs e) {
        return Patterns.complementOf(other.x(), e) == plain.x() && Patterns.complementOf(other.y(), e) == plain.y();
    }
}
