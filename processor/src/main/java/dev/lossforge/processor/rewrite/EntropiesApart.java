package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entropy of a softmax and its cross-entropy with another, each summed up by itself, as in a loss that subtracts
 * the one from the other. Together they are a relative entropy, of which little is left where the softmaxes are nearly
 * equal.
 */
final class EntropiesApart {

    static final Rule RULE = new Rule(
            "entropies-apart",
            "Σ p·log p − Σ p·log q",
            "Σ (p·log(p / q) − p + q)",
            Rule.Assumption.REASSOCIATES,
            true,
            EntropiesApart::rewrite);

    private static final int MAX_TERMS = 6;

    private EntropiesApart() {}

    /** A multiple of {@code Σ p·log q}. */
    private record Sum(SignedTerm term, Monomial factor, Expr.Index index, Expr p, Expr log) {

        static @Nullable Sum of(SignedTerm term) {
            Monomial product = Monomial.of(term);
            for (Monomial.Power power : product.powers()) {
                Expr.Reduce sum = power.exponent() == 1 && power.value() instanceof Expr.Reduce r ? r : null;
                if (sum != null && sum.op() == ReduceOp.SUM) {
                    return of(term, product.over(Monomial.of(power)), sum);
                }
            }
            return null;
        }

        private static @Nullable Sum of(SignedTerm term, Monomial factor, Expr.Reduce sum) {
            Expr negated = operand(UnaryOp.NEGATE, sum.body());
            Expr.Binary body = binary(BinaryOp.MULTIPLY, negated == null ? sum.body() : negated);
            if (body == null) {
                return null;
            }
            boolean isLeft = operand(UnaryOp.EXP, body.left()) != null;
            Expr p = isLeft ? body.left() : body.right();
            Expr log = isLeft ? body.right() : body.left();
            return new Sum(term, negated == null ? factor : factor.times(-1), sum.index(), p, log);
        }

        boolean isLess(Sum other) {
            return index == other.index && p == other.p && factor.isSame(other.factor.times(-1));
        }
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        List<Sum> sums = new ArrayList<>();
        for (SignedTerm term : terms) {
            Sum sum = Sum.of(term);
            if (sum == null) {
                continue;
            }
            for (Sum other : sums) {
                Expr together = sum.isLess(other) ? together(terms, other, sum, e) : null;
                if (together != null) {
                    return together;
                }
            }
            sums.add(sum);
        }
        return null;
    }

    private static @Nullable Expr together(List<SignedTerm> terms, Sum first, Sum second, Exprs e) {
        Expr log = e.binary(
                BinaryOp.SUBTRACT, SoftmaxEntropies.unguarded(first.log), SoftmaxEntropies.unguarded(second.log));
        Expr guarded = guardedAs(first.log, second.log, log, e);
        Expr written = e.binary(BinaryOp.MULTIPLY, first.p, guarded);
        Expr body = SoftmaxEntropies.of(written, first.p, guarded, first.index, e);
        if (body == null) {
            return null;
        }
        boolean isNegative = first.factor.factor() < 0;
        Expr sum = e.reduce(ReduceOp.SUM, first.index, body);
        List<SignedTerm> all = new ArrayList<>(terms);
        all.remove(first.term);
        all.remove(second.term);
        all.addFirst(new SignedTerm(first.factor.times(isNegative ? -1 : 1).times(sum, e), isNegative));
        return SignedTerm.sum(all, e);
    }

    /** A logarithm with the guard that one of the two has: it is 0 where p is. */
    private static Expr guardedAs(Expr first, Expr second, Expr log, Exprs e) {
        Expr guarded = SoftmaxEntropies.unguarded(first) != first ? first : second;
        return SoftmaxEntropies.unguarded(guarded) != guarded && guarded instanceof Expr.Select s
                ? e.select(s.condition(), s.whenTrue(), log)
                : log;
    }
}
