package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;
import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
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

    static final List<Rule> ALL = List.of(
            new Rule(
                    "gamma-difference",
                    "lgamma(x) + lgamma(y) − lgamma(x + y), lgamma(x + y) − lgamma(x), digamma and trigamma alike",
                    "lbeta(x, y), lgammaDifference(x, y), digammaDifference(x, y), trigammaDifference(x, y)",
                    REASSOCIATES,
                    GammaRules::difference),
            new Rule(
                    "beta-difference",
                    "lbeta(x + k, y + m) − lbeta(x, y)",
                    "the differences of lgamma for k, m and k + m",
                    REASSOCIATES,
                    GammaRules::ofBetas),
            new Rule(
                    "gamma-of-exponential",
                    "lgammaDifference(eˣ, y)",
                    "the same for max(x, −46), plus min(x + 46, 0)",
                    LIMIT,
                    GammaRules::ofExponential));

    /** Below, {@code lgamma(eˣ + y) − lgamma(eˣ)} is {@code lgamma(y) + x} to all digits. */
    private static final double MIN_EXPONENT = -46;

    private GammaRules() {}

    private static @Nullable Expr difference(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        for (SignedTerm whole : terms) {
            Expr beta = beta(terms, whole, e);
            if (beta != null) {
                return beta;
            }
            for (UnaryOp op : List.of(UnaryOp.LGAMMA, UnaryOp.DIGAMMA, UnaryOp.TRIGAMMA)) {
                Expr sum = operand(op, whole.value());
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

    /**
     * A term of a sum and the one that it is a part of.
     *
     * @param x what the function of the part is of
     * @param y what the whole has besides
     */
    private record Part(SignedTerm term, Expr x, Expr y) {

        static @Nullable Part of(UnaryOp op, SignedTerm term, Expr whole, Exprs e) {
            Expr x = operand(op, term.value());
            Expr y = x == null ? null : PartsOfWholes.rest(x, whole, e);
            y = x == null || y != null ? y : constantRest(x, whole, e);
            return x == null || y == null ? null : new Part(term, x, y);
        }

        /** Of {@code (x + 1) / 2} beside {@code x / 2}, as in the density of Student's distribution. */
        private static @Nullable Expr constantRest(Expr x, Expr whole, Exprs e) {
            List<Monomial> rest = Monomial.without(Monomial.termsOf(whole), Monomial.termsOf(x));
            return rest != null && rest.size() == 1 && rest.getFirst().powers().isEmpty()
                    ? e.constant(rest.getFirst().factor())
                    : null;
        }
    }

    private static @Nullable Expr replace(List<SignedTerm> terms, SignedTerm whole, UnaryOp op, Expr sum, Exprs e) {
        List<Part> parts = new ArrayList<>();
        for (SignedTerm term : terms) {
            Part part = term.isNegative() == whole.isNegative() ? null : Part.of(op, term, sum, e);
            if (part != null) {
                parts.add(part);
            }
        }
        for (Part part : parts) {
            SignedTerm other = new SignedTerm(e.unary(op, part.y), part.term.isNegative());
            if (op == UnaryOp.LGAMMA
                    && !other.equals(part.term)
                    && terms.contains(other)
                    && !(isPartOfAnother(part.term, whole, terms, e) && isPartOfAnother(other, whole, terms, e))) {
                Expr beta = e.binary(BinaryOp.LBETA, part.x, part.y);
                SignedTerm by = new SignedTerm(beta, part.term.isNegative());
                return rest(terms, List.of(whole, part.term, other), by, e);
            }
        }
        for (Part part : parts) {
            if (parts.size() == 1 || !isPartOfAnother(part.term, whole, terms, e)) {
                Expr difference = e.binary(differenceOf(op), part.x, part.y);
                return rest(terms, List.of(whole, part.term), new SignedTerm(difference, whole.isNegative()), e);
            }
        }
        return null;
    }

    /** In a beta-binomial likelihood {@code log Γ(x)} belongs to {@code log Γ(x + count)}, not to a beta function. */
    private static boolean isPartOfAnother(SignedTerm part, SignedTerm whole, List<SignedTerm> terms, Exprs e) {
        return terms.stream().anyMatch(t -> {
            Expr sum = operand(UnaryOp.LGAMMA, t.value());
            return t != whole
                    && sum != null
                    && t.isNegative() != part.isNegative()
                    && Part.of(UnaryOp.LGAMMA, part, sum, e) != null;
        });
    }

    private static @Nullable Expr ofBetas(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        for (SignedTerm greater : terms) {
            Expr.Binary wholes = binary(BinaryOp.LBETA, greater.value());
            for (SignedTerm less : wholes == null ? List.<SignedTerm>of() : terms) {
                Expr.Binary parts = binary(BinaryOp.LBETA, less.value());
                if (wholes != null && parts != null && less.isNegative() != greater.isNegative()) {
                    Expr k = PartsOfWholes.rest(parts.left(), wholes.left(), e);
                    Expr m = PartsOfWholes.rest(parts.right(), wholes.right(), e);
                    if (k != null && m != null) {
                        Expr rises = e.binary(
                                BinaryOp.SUBTRACT,
                                e.binary(BinaryOp.ADD, rise(parts.left(), k, e), rise(parts.right(), m, e)),
                                rise(
                                        e.binary(BinaryOp.ADD, parts.left(), parts.right()),
                                        e.binary(BinaryOp.ADD, k, m),
                                        e));
                        return rest(terms, List.of(greater, less), new SignedTerm(rises, greater.isNegative()), e);
                    }
                }
            }
        }
        return null;
    }

    private static Expr rise(Expr x, Expr by, Exprs e) {
        return e.binary(BinaryOp.LGAMMA_DIFFERENCE, x, by);
    }

    private static BinaryOp differenceOf(UnaryOp op) {
        return switch (op) {
            case LGAMMA -> BinaryOp.LGAMMA_DIFFERENCE;
            case DIGAMMA -> BinaryOp.DIGAMMA_DIFFERENCE;
            default -> BinaryOp.TRIGAMMA_DIFFERENCE;
        };
    }

    /** An exponential becomes 0 where its logarithm is still known, on which this difference depends linearly. */
    private static @Nullable Expr ofExponential(Expr node, Exprs e) {
        Expr.Binary rise = binary(BinaryOp.LGAMMA_DIFFERENCE, node);
        if (rise == null || !(rise.left() instanceof Expr.Unary power) || !mayVanish(power)) {
            return null;
        }
        Expr zero = e.constant(0.0);
        Expr x = power.operand();
        Expr bounded = e.unary(power.op(), e.binary(BinaryOp.MAX, x, e.constant(MIN_EXPONENT)));
        Expr excess = e.binary(BinaryOp.ADD, x, e.constant(-MIN_EXPONENT));
        Expr below =
                e.select(e.compare(Comparison.GREATER, rise.right(), zero), e.binary(BinaryOp.MIN, excess, zero), zero);
        return e.binary(BinaryOp.ADD, rise(bounded, rise.right(), e), below);
    }

    private static boolean mayVanish(Expr.Unary power) {
        Expr.Binary bounded = binary(BinaryOp.MAX, power.operand());
        return (power.op() == UnaryOp.EXP || power.op() == UnaryOp.SOFTPLUS)
                && !(bounded != null && Patterns.isConstant(bounded.right(), MIN_EXPONENT));
    }

    /** The sum with some terms replaced by one. */
    private static Expr rest(List<SignedTerm> terms, List<SignedTerm> replaced, SignedTerm by, Exprs e) {
        List<SignedTerm> rest = new ArrayList<>(terms);
        replaced.forEach(rest::remove);
        rest.addFirst(by);
        return SignedTerm.sum(rest, e);
    }
}
