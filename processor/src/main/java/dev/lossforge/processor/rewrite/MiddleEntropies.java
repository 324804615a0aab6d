package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The relative entropies of two numbers to their middle, as in the Jensen-Shannon divergence. Where the numbers are
 * nearly equal, what is left of the two is less than the rounding error of either. With {@code d = (q − p) / (q + p)}
 * it is {@code m·((1 − d)·log(1 − d) + (1 + d)·log(1 + d))}, a series in d².
 *
 * <p>Of exponentials it is {@code m·(2·h·tanh h − 2·log cosh h)} with {@code h = ½·log(q / p)}, a series in h².
 */
final class MiddleEntropies {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "entropies-to-middle",
                    "p·log(p / m) + q·log(q / m), m = (p + q) / 2",
                    "½·(q − p)·d·(1 + d² / 6 + d⁴ / 15 + …) for d = (q − p) / (q + p) near 0",
                    Rule.Assumption.REASSOCIATES,
                    (n, e) -> rewrite(n, MiddleEntropies::ofNumber, MiddleEntropies::nearNumbers, e)),
            new Rule(
                    "entropies-of-exponentials-to-middle",
                    "eˣ·(x − log m) + eʸ·(y − log m), m = (eˣ + eʸ) / 2",
                    "m·h²·(1 − h² / 2 + 2·h⁴ / 9 − …) for h = (y − x) / 2 near 0",
                    Rule.Assumption.REASSOCIATES,
                    true,
                    (n, e) -> rewrite(n, MiddleEntropies::ofExponential, MiddleEntropies::nearExponentials, e)));

    private static final int MAX_TERMS = 6;

    private static final double NEAR = 0.25;

    /** {@code 1 / (k·(2·k − 1))} for k from 1 on. */
    private static final double[] OF_NUMBERS = {1, 1 / 6.0, 1 / 15.0, 1 / 28.0, 1 / 45.0, 1 / 66.0};

    private static final double[] OF_EXPONENTIALS = {1, -1 / 2.0, 2 / 9.0, -17 / 180.0, 558 / 14175.0};

    private MiddleEntropies() {}

    /** Two numbers or exponents, the first of which is weighted by its distance from the middle. */
    private record Pair(Expr x, Expr y) {}

    /** A multiple of an entropy, or of the sum of that over an index. */
    private record Part(SignedTerm term, Monomial factor, Expr.@Nullable Reduce sum, Expr entropy, Pair pair) {

        boolean isOtherOf(Part part) {
            boolean isOverOne = sum == null ? part.sum == null : part.sum != null && sum.index() == part.sum.index();
            return isOverOne && factor.isSame(part.factor) && pair.x == part.pair.y && pair.y == part.pair.x;
        }
    }

    /** Both entropies, and where they are near. */
    private record Near(Expr where, Expr value) {}

    private static @Nullable Expr rewrite(
            Expr node, Function<Expr, @Nullable Pair> pairOf, BiFunction<Pair, Exprs, Near> series, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.isEmpty() || terms.size() > MAX_TERMS) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        for (SignedTerm term : terms) {
            Part part = part(term, pairOf, e);
            if (part == null) {
                continue;
            }
            for (Part other : parts) {
                if (other.isOtherOf(part)) {
                    return joined(terms, other, part, series.apply(other.pair, e), e);
                }
            }
            parts.add(part);
        }
        return null;
    }

    private static @Nullable Part part(SignedTerm term, Function<Expr, @Nullable Pair> pairOf, Exprs e) {
        Pair alone = pairOf.apply(term.value());
        if (alone != null) {
            return new Part(term, Monomial.ONE.times(term.isNegative() ? -1 : 1), null, term.value(), alone);
        }
        Monomial product = Monomial.of(term);
        for (Monomial.Power power : product.powers()) {
            Expr.Reduce sum = power.value() instanceof Expr.Reduce r && r.op() == ReduceOp.SUM ? r : null;
            Part part = power.exponent() == 1
                    ? part(
                            term,
                            product.over(Monomial.of(power)),
                            sum,
                            sum == null ? power.value() : sum.body(),
                            pairOf)
                    : null;
            Monomial body = sum == null ? Monomial.ONE : Monomial.of(sum.body());
            Expr entropy = part == null && power.exponent() == 1 ? withoutFactor(body, e) : null;
            part = entropy == null
                    ? part
                    : part(term, product.over(Monomial.of(power)).times(body.factor()), sum, entropy, pairOf);
            if (part != null) {
                return part;
            }
        }
        Expr entropy = withoutFactor(product, e);
        return entropy == null ? null : part(term, Monomial.ONE.times(product.factor()), null, entropy, pairOf);
    }

    private static @Nullable Part part(
            SignedTerm term,
            Monomial factor,
            Expr.@Nullable Reduce sum,
            Expr entropy,
            Function<Expr, @Nullable Pair> pairOf) {
        Pair pair = pairOf.apply(entropy);
        return pair == null ? null : new Part(term, factor, sum, entropy, pair);
    }

    /** The p·log of {@code ½·p·log}, as the halves of a divergence are written; or null. */
    private static @Nullable Expr withoutFactor(Monomial product, Exprs e) {
        boolean isPair =
                product.powers().size() == 2 && product.powers().stream().allMatch(power -> power.exponent() == 1);
        return isPair
                ? e.binary(
                        BinaryOp.MULTIPLY,
                        product.powers().getFirst().value(),
                        product.powers().getLast().value())
                : null;
    }

    private static Expr joined(List<SignedTerm> terms, Part first, Part second, Near near, Exprs e) {
        Expr written = e.binary(BinaryOp.ADD, first.entropy, second.entropy);
        Expr body = e.select(near.where, near.value, written);
        Expr value = first.sum == null ? body : e.reduce(ReduceOp.SUM, first.sum.index(), body);
        boolean isNegative = first.factor.factor() < 0;
        List<SignedTerm> all = new ArrayList<>(terms);
        all.remove(first.term);
        all.remove(second.term);
        all.addFirst(new SignedTerm(first.factor.times(isNegative ? -1 : 1).times(value, e), isNegative));
        return SignedTerm.sum(all, e);
    }

    /** Of x and 0 the rules guard the middle; nothing cancels there. */
    private static @Nullable Pair ofNumber(Expr entropy) {
        Expr unguarded = entropy instanceof Expr.Select s ? s.whenFalse() : entropy;
        Expr.Binary quotient = binary(BinaryOp.RELATIVE_ENTROPY, unguarded);
        List<Monomial> halves = quotient == null ? List.of() : Monomial.termsOf(quotient.right());
        if (quotient == null || halves.size() != 2) {
            return null;
        }
        Monomial half = Monomial.of(quotient.left()).times(0.5);
        Monomial first = halves.getFirst();
        Monomial second = halves.getLast();
        Monomial other = first.isSame(half) ? second : second.isSame(half) ? first : Monomial.ONE;
        return pair(quotient.left(), other.times(2).single());
    }

    private static @Nullable Pair pair(Expr x, @Nullable Expr y) {
        return y == null ? null : new Pair(x, y);
    }

    private static Near nearNumbers(Pair pair, Exprs e) {
        Expr difference = e.binary(BinaryOp.SUBTRACT, pair.y, pair.x);
        Expr total = e.binary(BinaryOp.ADD, pair.x, pair.y);
        Expr d = e.binary(BinaryOp.DIVIDE, difference, total);
        Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), difference);
        Expr series = OddSeries.horner(OF_NUMBERS, e.unary(UnaryOp.SQUARE, d), e);
        Expr bound = e.binary(BinaryOp.MULTIPLY, e.constant(NEAR), total);
        return new Near(
                e.compare(Comparison.LESS, e.unary(UnaryOp.ABS, difference), bound),
                e.binary(BinaryOp.MULTIPLY, half, e.binary(BinaryOp.MULTIPLY, d, series)));
    }

    private static @Nullable Pair ofExponential(Expr entropy) {
        Expr.Binary product = binary(BinaryOp.MULTIPLY, entropy);
        Expr x = product == null ? null : operand(UnaryOp.EXP, product.left());
        List<SignedTerm> distance =
                product == null ? List.of() : SignedTerm.of(SoftmaxEntropies.unguarded(product.right()));
        List<SignedTerm> rest = x == null ? null : SignedTerm.without(distance, SignedTerm.ofAny(x));
        if (x == null || rest == null || rest.size() != 2 || !rest.removeIf(MiddleEntropies::isLog2)) {
            return null;
        }
        SignedTerm middle = rest.getFirst();
        return middle.isNegative() && middle.value() instanceof Expr.Reduce logSum ? pair(x, otherOf(x, logSum)) : null;
    }

    private static boolean isLog2(SignedTerm term) {
        return term.value() instanceof Expr.Constant c
                && (float) (term.isNegative() ? -c.value() : c.value()) == (float) Math.log(2);
    }

    /** The y of a log-sum-exp of x and y. */
    private static @Nullable Expr otherOf(Expr x, Expr.Reduce logSum) {
        if (logSum.op() != ReduceOp.LOG_SUM_EXP
                || !(logSum.index().extent() instanceof Expr.IntConstant n && n.value() == 2)
                || !(logSum.body() instanceof Expr.Select both)) {
            return null;
        }
        return both.whenTrue() == x ? both.whenFalse() : both.whenFalse() == x ? both.whenTrue() : null;
    }

    private static Near nearExponentials(Pair pair, Exprs e) {
        Expr gap = difference(pair, e);
        Expr h = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), gap);
        Expr square = e.unary(UnaryOp.SQUARE, h);
        Expr total = e.binary(BinaryOp.ADD, e.unary(UnaryOp.EXP, pair.x), e.unary(UnaryOp.EXP, pair.y));
        Expr middle = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), total);
        Expr series = OddSeries.horner(OF_EXPONENTIALS, square, e);
        return new Near(
                OddSeries.isBelow(h, NEAR, e),
                e.binary(BinaryOp.MULTIPLY, middle, e.binary(BinaryOp.MULTIPLY, square, series)));
    }

    /** {@code y − x}, of logarithms of softmaxes by the difference of their entries. */
    private static Expr difference(Pair pair, Exprs e) {
        for (Expr.Index index : e.freeIndices(pair.x)) {
            LogShare x = LogShare.of(SignedTerm.ofAny(pair.x), index, e);
            LogShare y = LogShare.of(SignedTerm.ofAny(pair.y), index, e);
            if (x != null && y != null) {
                return y.minus(x, e);
            }
        }
        return e.binary(BinaryOp.SUBTRACT, pair.y, pair.x);
    }
}
