package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relative entropy of two Bernoulli distributions by their logits t and x. It is of second order in {@code d = x −
 * t}, and its terms are of first order. Near 0 it is {@code Σ κₙ·dⁿ / n!} from n = 2 on, with the cumulants κ of the
 * distribution at t.
 */
final class BernoulliEntropies {

    static final Rule RULE = new Rule(
            "relative-entropy-of-logits",
            "σ(t)·(softplus(−x) − softplus(−t)) + σ(−t)·(softplus(x) − softplus(t))",
            "κ₂·d²·(½ + …), κ₂ = σ(t)·σ(−t), for d = x − t near 0",
            Rule.Assumption.REASSOCIATES,
            true,
            BernoulliEntropies::rewrite);

    private static final double NEAR = 0.25;

    private static final int MAX_TERMS = 4;

    private BernoulliEntropies() {}

    /** A term {@code c·σ(logit)·softplus(x)}. */
    private record Part(double factor, Expr logit, Expr x) {

        /** Whether this is the same of the other outcome. */
        boolean isOppositeOf(Part other) {
            return factor == other.factor && Opposites.are(logit, other.logit) && Opposites.are(x, other.x);
        }

        /** Whether this is a logarithm of the distribution that is the weight. */
        boolean isOwn() {
            return Opposites.are(logit, x);
        }
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        List<Part> parts = new ArrayList<>();
        for (SignedTerm term : terms.size() <= MAX_TERMS ? terms : List.<SignedTerm>of()) {
            if (!collect(term, parts)) {
                return null;
            }
        }
        List<Part> own = parts.stream().filter(Part::isOwn).toList();
        List<Part> others = parts.stream().filter(part -> !part.isOwn()).toList();
        if (own.size() != 2
                || others.size() != 2
                || !own.getFirst().isOppositeOf(own.getLast())
                || !others.getFirst().isOppositeOf(others.getLast())
                || own.getFirst().factor != -others.getFirst().factor) {
            return null;
        }
        Part first = others.getFirst();
        Expr t = first.logit;
        boolean isSame = own.stream().anyMatch(part -> part.logit == t);
        return isSame ? nearOrAsWritten(node, first.factor, t, Patterns.negated(first.x, e), e) : null;
    }

    /** Multiplies a share with each term beside it; false if that is anything else. */
    private static boolean collect(SignedTerm term, List<Part> parts) {
        Monomial product = Monomial.of(term);
        if (product.powers().size() != 2) {
            return false;
        }
        Monomial.Power first = product.powers().getFirst();
        Monomial.Power second = product.powers().getLast();
        Expr logit = operand(UnaryOp.SIGMOID, first.value());
        Expr sum = logit == null ? first.value() : second.value();
        logit = logit == null ? operand(UnaryOp.SIGMOID, second.value()) : logit;
        if (logit == null || first.exponent() != 1 || second.exponent() != 1) {
            return false;
        }
        for (SignedTerm log : SignedTerm.ofAny(sum)) {
            Expr x = operand(UnaryOp.SOFTPLUS, log.value());
            if (x == null) {
                return false;
            }
            parts.add(new Part(log.isNegative() ? -product.factor() : product.factor(), logit, x));
        }
        return true;
    }

    private static Expr nearOrAsWritten(Expr node, double factor, Expr t, Expr x, Exprs e) {
        Expr d = e.binary(BinaryOp.SUBTRACT, x, t);
        Expr p = e.unary(UnaryOp.SIGMOID, t);
        Expr q = e.unary(UnaryOp.SIGMOID, Patterns.negated(t, e));
        Expr variance = e.binary(BinaryOp.MULTIPLY, p, q);
        Expr skewness = e.binary(BinaryOp.SUBTRACT, q, p);
        Expr even = OddSeries.horner(new double[] {1 / 720.0, -30 / 720.0, 120 / 720.0}, variance, e);
        Expr odd = OddSeries.horner(new double[] {1 / 5040.0, -60 / 5040.0, 360 / 5040.0}, variance, e);
        Expr series = plus(even, d, e.binary(BinaryOp.MULTIPLY, skewness, odd), e);
        odd = OddSeries.horner(new double[] {1 / 120.0, -12 / 120.0}, variance, e);
        series = plus(e.binary(BinaryOp.MULTIPLY, skewness, odd), d, series, e);
        series = plus(OddSeries.horner(new double[] {1 / 24.0, -6 / 24.0}, variance, e), d, series, e);
        series = plus(e.binary(BinaryOp.MULTIPLY, e.constant(1 / 6.0), skewness), d, series, e);
        series = plus(e.constant(0.5), d, series, e);
        Expr square = e.binary(BinaryOp.MULTIPLY, e.constant(factor), e.unary(UnaryOp.SQUARE, d));
        Expr near = e.binary(BinaryOp.MULTIPLY, variance, e.binary(BinaryOp.MULTIPLY, square, series));
        return e.select(OddSeries.isBelow(d, NEAR, e), near, node);
    }

    /** {@code first + d·rest}. */
    private static Expr plus(Expr first, Expr d, Expr rest, Exprs e) {
        return e.binary(BinaryOp.ADD, first, e.binary(BinaryOp.MULTIPLY, d, rest));
    }
}
