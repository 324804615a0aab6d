package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a mean of a few sigmoids, as several judges of one label have: the mean of the opposite ones. A
 * difference from 1 has nothing left of it where all judges are certain.
 */
final class SigmoidMeans {

    static final Rule OPPOSITE = new Rule(
            "one-minus-mean-of-sigmoids",
            "1 − (w·σ(x) + v·σ(y)), w + v = 1",
            "w·σ(−x) + v·σ(−y)",
            Rule.Assumption.EXACT,
            (n, e) -> opposite(Patterns.oneMinus(n), e));

    static final Rule LOGARITHM = new Rule(
            "log-of-mean-of-sigmoids",
            "log(w·σ(x) + v·σ(y)), w + v = 1",
            "log(1 − (w·σ(−x) + v·σ(−y))), where that is less than half",
            Rule.Assumption.LIMIT,
            SigmoidMeans::log);

    /** Up to this weights of ordinary size are 1 together. */
    private static final double ROUNDING = 1e-12;

    private SigmoidMeans() {}

    /** A sigmoid and what it is multiplied by. */
    private record Share(Monomial weight, Expr x) {

        /** The ways in which a product is one. */
        static List<Share> of(Monomial product) {
            List<Share> shares = new ArrayList<>();
            for (Monomial.Power power : product.powers()) {
                Expr x = power.exponent() == 1 ? operand(UnaryOp.SIGMOID, power.value()) : null;
                if (x != null) {
                    shares.add(new Share(product.over(Monomial.of(power)), x));
                }
            }
            return shares;
        }

        Expr opposite(Exprs e) {
            return weight.times(e.unary(UnaryOp.SIGMOID, Patterns.negated(x, e)), e);
        }
    }

    private static @Nullable Expr log(Expr node, Exprs e) {
        Expr mean = operand(UnaryOp.LOG, node);
        Expr opposite = opposite(mean, e);
        Expr log = opposite == null ? null : Logarithms.ofExponential(mean, e);
        Expr logOfOpposite = log == null ? null : Logarithms.ofExponential(opposite, e);
        return log == null || logOfOpposite == null
                ? null
                : e.select(
                        e.compare(Comparison.GREATER, log, e.constant(-Math.log(2))),
                        e.unary(UnaryOp.LOG1M_EXP, logOfOpposite),
                        log);
    }

    private static @Nullable Expr opposite(@Nullable Expr mean, Exprs e) {
        List<List<Share>> terms = mean == null || SignedTerm.of(mean).isEmpty() && !isDivided(mean)
                ? List.of()
                : Monomial.termsOf(mean).stream().map(Share::of).toList();
        if (terms.size() < 2) {
            return null;
        }
        List<Share> shares = ofConstants(terms);
        shares = shares.isEmpty() && terms.size() == 2 ? ofPair(terms.get(0), terms.get(1), e) : shares;
        return shares.stream()
                .map(share -> share.opposite(e))
                .reduce((x, y) -> e.binary(BinaryOp.ADD, x, y))
                .orElse(null);
    }

    private static boolean isDivided(Expr node) {
        return node instanceof Expr.Binary b && (b.op() == BinaryOp.DIVIDE || b.op() == BinaryOp.MULTIPLY);
    }

    /** All of them, if their weights are numbers that are 1 together. */
    private static List<Share> ofConstants(List<List<Share>> terms) {
        List<Share> shares = terms.stream()
                .flatMap(List::stream)
                .filter(share -> share.weight.powers().isEmpty())
                .toList();
        double sum = shares.stream().mapToDouble(share -> share.weight.factor()).sum();
        return shares.size() == terms.size() && Math.abs(sum - 1) <= ROUNDING ? shares : List.of();
    }

    /** Both, if the weight of one is the complement of the other's. */
    private static List<Share> ofPair(List<Share> first, List<Share> second, Exprs e) {
        for (Share a : first) {
            for (Share b : second) {
                Expr v = a.weight.single();
                Expr w = b.weight.single();
                if (v != null && w != null && areComplements(v, w, e)) {
                    return List.of(a, b);
                }
            }
        }
        return List.of();
    }

    private static boolean areComplements(Expr v, Expr w, Exprs e) {
        Expr x = operand(UnaryOp.SIGMOID, v);
        Expr y = operand(UnaryOp.SIGMOID, w);
        return x != null && y != null && Opposites.are(x, y)
                || Patterns.complementOf(v, e) == w
                || Patterns.complementOf(w, e) == v;
    }
}
