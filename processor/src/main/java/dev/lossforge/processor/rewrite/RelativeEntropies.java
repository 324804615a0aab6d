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
 * complement, or of the counts of a negative binomial distribution. Without its first order {@code x − y} neither is
 * negative, and near 0 it is a series of the difference.
 */
final class RelativeEntropies {

    static final Rule RULE = new Rule(
            "relative-entropies",
            "p·log(p / q) + (1 − p)·log((1 − p) / (1 − q)), y·log(y / m) − (y + r)·log((y + r) / (m + r))",
            "each less its first order",
            Rule.Assumption.REASSOCIATES,
            RelativeEntropies::rewrite);

    private static final int MAX_TERMS = 6;

    private RelativeEntropies() {}

    /** A term {@code c·x·log(x / y)}, or c times the sum of that over an index. */
    private record Entropy(SignedTerm term, Monomial factor, Expr body, Expr x, Expr y, Expr.@Nullable Reduce sum) {

        static @Nullable Entropy of(SignedTerm term, Exprs e) {
            Monomial product = Monomial.of(term);
            for (Monomial.Power power : product.powers()) {
                Expr.Reduce sum = power.value() instanceof Expr.Reduce r && r.op() == ReduceOp.SUM ? r : null;
                Expr body = sum == null ? power.value() : sum.body();
                Expr.Binary entropy = binary(BinaryOp.RELATIVE_ENTROPY, body);
                if (entropy != null && power.exponent() == 1) {
                    Monomial factor = product.over(Monomial.of(power));
                    return new Entropy(term, factor, body, entropy.left(), entropy.right(), sum);
                }
            }
            return ofMultiples(term, product, e);
        }

        /** {@code x·log(u / v)} with multiples u of x and v of y. */
        private static @Nullable Entropy ofMultiples(SignedTerm term, Monomial product, Exprs e) {
            for (Monomial.Power power : product.powers()) {
                Expr.Binary log = binary(BinaryOp.LOG_QUOTIENT, SoftmaxEntropies.unguarded(power.value()));
                for (Monomial.Power weight : log == null ? List.<Monomial.Power>of() : product.powers()) {
                    Monomial by = log == null ? null : ratio(weight.value(), log.left());
                    if (by != null && log != null && power.exponent() == 1 && weight.exponent() == 1) {
                        Monomial factor = product.over(Monomial.of(power)).over(Monomial.of(weight));
                        Expr body = e.binary(BinaryOp.MULTIPLY, weight.value(), power.value());
                        return new Entropy(term, factor, body, weight.value(), by.times(log.right(), e), null);
                    }
                }
            }
            return null;
        }

        /** What one sum is times another, term by term. */
        private static @Nullable Monomial ratio(Expr sum, Expr other) {
            List<Monomial> terms = Monomial.termsOf(sum);
            List<Monomial> others = Monomial.termsOf(other);
            for (Monomial term : terms.size() == others.size() && !terms.isEmpty() ? others : List.<Monomial>of()) {
                Monomial by = terms.getFirst().over(term);
                if (others.stream().map(by::times).allMatch(t -> terms.stream().anyMatch(t::isSame))) {
                    return by;
                }
            }
            return null;
        }

        /** The terms of {@code x − y}. */
        List<Monomial> difference() {
            List<Monomial> terms = new ArrayList<>(Monomial.termsOf(x));
            for (Monomial term : Monomial.termsOf(y)) {
                if (!terms.removeIf(term::isSame)) {
                    terms.add(term.times(-1));
                }
            }
            return terms;
        }

        /** This term with its first order {@code x − y} taken away. */
        SignedTerm withoutFirstOrder(Expr difference, Exprs e) {
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
            Entropy entropy = Entropy.of(term, e);
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
        boolean isOverOne =
                first.sum == null ? second.sum == null : second.sum != null && first.sum.index() == second.sum.index();
        boolean isSum = first.factor.isSame(second.factor);
        if (!isOverOne || !isSum && !first.factor.isSame(second.factor.times(-1)) || !cancel(first, second, isSum, e)) {
            return null;
        }
        boolean isFirstPlain = isPlain(first, second, e);
        Entropy plain = isFirstPlain ? first : second;
        Expr difference = e.binary(BinaryOp.SUBTRACT, plain.y, plain.x);
        Expr other = isSum ? e.unary(UnaryOp.NEGATE, difference) : difference;
        List<SignedTerm> all = new ArrayList<>(terms);
        all.remove(first.term);
        all.remove(second.term);
        all.addFirst(second.withoutFirstOrder(isFirstPlain ? other : difference, e));
        all.addFirst(first.withoutFirstOrder(isFirstPlain ? difference : other, e));
        return SignedTerm.sum(all, e);
    }

    /** Whether {@code x − y} of the second is that of the first, or the opposite of it where both are added. */
    private static boolean cancel(Entropy first, Entropy second, boolean isSum, Exprs e) {
        if (isSum && (areComplements(first, second, e) || areComplements(second, first, e))) {
            return true;
        }
        List<Monomial> ofFirst = first.difference();
        List<Monomial> ofSecond = second.difference();
        return !ofFirst.isEmpty()
                && ofFirst.size() == ofSecond.size()
                && ofFirst.stream()
                        .map(term -> isSum ? term.times(-1) : term)
                        .allMatch(term -> ofSecond.stream().anyMatch(term::isSame));
    }

    /** Whether the difference of the first is the more exact. */
    private static boolean isPlain(Entropy first, Entropy second, Exprs e) {
        return areComplements(first, second, e)
                || !areComplements(second, first, e)
                        && Monomial.termsOf(first.x).size()
                                <= Monomial.termsOf(second.x).size();
    }

    private static boolean areComplements(Entropy plain, Entropy other, Exprs e) {
        return Patterns.complementOf(other.x, e) == plain.x && Patterns.complementOf(other.y, e) == plain.y;
    }
}
