package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.map;
import static dev.lossforge.processor.rewrite.Patterns.onePlus;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules for a function without the first terms of its series, anywhere in a sum and times any factor: near the point of
 * the series the terms cancel all but rounding errors.
 */
final class TaylorRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "taylor-rest",
                    "c·f(x) − c·f(0) − c·f′(0)·x",
                    "c·(the rest of f's series)",
                    REASSOCIATES,
                    (n, e) -> rest(n, TaylorRules::restsOf, e)),
            new Rule(
                    "exponential-beside-logarithm",
                    "eˣ − y − y·(x − log y), y·eˣ − 1 − (x + log y)",
                    "y·(eᶻ − 1 − z), z = x − log y; eᶻ − 1 − z, z = x + log y",
                    REASSOCIATES,
                    true,
                    (n, e) -> rest(n, TaylorRules::ofExponentials, e)),
            new Rule("cosh-minus-one", "cosh x − 1", "2·sinh²(x / 2)", LIMIT, TaylorRules::coshMinusOne),
            new Rule("root-minus-1", "√(1 + x) − 1", "x / (1 + √(1 + x))", LIMIT, true, TaylorRules::rootMinusOne),
            new Rule("share-of-next", "c − c / (1 + x)", "c·x / (1 + x)", LIMIT, TaylorRules::shareOfNext));

    /** A longer sum is hardly a function and the first terms of its series. */
    private static final int MAX_TERMS = 12;

    private TaylorRules() {}

    /**
     * What a function is without some terms.
     *
     * @param terms what cancels with the function, one term at least
     * @param weight a factor of the terms and the rest that the function does not have
     * @param where the condition under which value is the rest; elsewhere nothing cancels. Null for everywhere
     */
    private record Rest(
            List<Monomial> terms,
            Monomial weight,
            Expr value,
            @Nullable Expr where) {

        Rest(List<Monomial> terms, Expr value, @Nullable Expr where) {
            this(terms, Monomial.ONE, value, where);
        }

        /** With a logarithm added to the terms that cancel. */
        Rest beside(Monomial logarithm) {
            List<Monomial> all = new ArrayList<>(terms);
            all.add(logarithm);
            return new Rest(all, weight, value, where);
        }
    }

    /** What functions there are rests of, by a factor and the terms of the sum that it stands in. */
    private interface Rests {
        List<Rest> of(Monomial.Power power, List<SignedTerm> terms, Exprs e);
    }

    private static @Nullable Expr rest(Expr node, Rests rests, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        for (SignedTerm term : terms) {
            Monomial product = Monomial.of(OverflowingDivisors.asWritten(term));
            for (Monomial.Power power : product.powers()) {
                Monomial factor = product.over(Monomial.of(power));
                for (Rest rest : rests.of(power, terms, e)) {
                    Expr sum = without(terms, term, rest, factor, e);
                    if (sum != null) {
                        return rest.where == null ? sum : e.select(rest.where, sum, node);
                    }
                }
            }
        }
        return null;
    }

    /** The sum with a function and the first terms of its series replaced by their rest, or null. */
    private static @Nullable Expr without(
            List<SignedTerm> terms, SignedTerm function, Rest rest, Monomial factorOfFunction, Exprs e) {
        Monomial factor = factorOfFunction.times(rest.weight);
        List<SignedTerm> others = new ArrayList<>(terms);
        others.remove(function);
        for (Monomial expected : rest.terms) {
            Monomial opposite = expected.times(factor).times(-1);
            Optional<SignedTerm> found =
                    others.stream().filter(t -> Monomial.of(t).isSame(opposite)).findFirst();
            if (found.isEmpty()) {
                return null;
            }
            others.remove(found.get());
        }
        boolean isNegative = factor.factor() < 0;
        others.addFirst(new SignedTerm(factor.times(isNegative ? -1 : 1).times(rest.value, e), isNegative));
        return SignedTerm.sum(others, e);
    }

    private static List<Rest> restsOf(Monomial.Power power, List<SignedTerm> terms, Exprs e) {
        return switch (power.exponent()) {
            case 1 -> restsOf(power.value(), terms, e);
            case -1 -> ofPole(power.value(), e);
            default -> List.of();
        };
    }

    /** {@code 1 / f(x)} without its pole {@code 1 / (f′(0)·x)}. */
    private static List<Rest> ofPole(Expr function, Exprs e) {
        ZeroSeries series = ZeroSeries.of(function, e);
        if (series == null || series.order() != 1) {
            return List.of();
        }
        ZeroSeries inverse = series.inverse();
        Monomial pole = Monomial.ONE
                .over(Monomial.of(series.operand()))
                .times(inverse.coefficients().getFirst());
        return List.of(new Rest(List.of(pole), inverse.restOfPole(e), series.isNear(e)));
    }

    private static List<Rest> restsOf(Expr function, List<SignedTerm> terms, Exprs e) {
        return switch (function) {
            case Expr.Unary u when u.op() == UnaryOp.LOG_BESSEL_I0 -> ofBessel(u.operand(), terms, e);
            case Expr.Unary u
            when u.op() == UnaryOp.LOG -> {
                List<Rest> rests = new ArrayList<>(restsOf(u, e));
                logarithmsIn(terms).stream()
                        .filter(y -> y != u.operand())
                        .forEach(y -> rests.addAll(ofLogarithms(u.operand(), y, e)));
                yield rests;
            }
            case Expr.Unary u -> restsOf(u, e);
            case Expr.Binary b when b.op() == BinaryOp.LOG_QUOTIENT -> ofLogQuotient(b.left(), b.right(), e);
            case Expr.Binary b when b.op() == BinaryOp.RELATIVE_ENTROPY -> List.of(ofRelativeEntropy(b, e));
            case Expr.Binary b when b.op() == BinaryOp.XLOGY -> weighted(b, UnaryOp.LOG, e);
            case Expr.Binary b when b.op() == BinaryOp.XLOG1PY -> weighted(b, UnaryOp.LOG1P, e);
            default -> List.of();
        };
    }

    private static List<Rest> restsOf(Expr.Unary function, Exprs e) {
        Expr x = function.operand();
        return switch (function.op()) {
            case EXP -> linear(List.of(Monomial.ONE), x, 1, e.unary(UnaryOp.EXPM1_REST, x), null);
            case EXPM1 -> linear(List.of(), x, 1, e.unary(UnaryOp.EXPM1_REST, x), null);
            case LOG -> linear(List.of(Monomial.ONE.times(-1)), x, 1, e.unary(UnaryOp.LOG_REST, x), null);
            case LOG1P -> linear(List.of(), x, 1, e.unary(UnaryOp.LOG1P_REST, x), null);
            case SOFTPLUS ->
                linear(
                        List.of(Monomial.ONE.times(Math.log(2))),
                        x,
                        0.5,
                        e.unary(UnaryOp.LOG_COSH, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), x)),
                        null);
            case LOG1P_REST ->
                List.of(new Rest(List.of(square(x, -0.5)), cubicOfLog1p(x, e), OddSeries.isBelow(x, 0.5, e)));
            default ->
                OddSeries.of(function.op())
                        .map(series -> linear(List.of(), x, series.slope(), series.rest(x, e), series.isNear(x, e)))
                        .orElse(List.of());
        };
    }

    /** What is under a logarithm in a sum. */
    private static List<Expr> logarithmsIn(List<SignedTerm> terms) {
        List<Expr> operands = new ArrayList<>();
        for (SignedTerm term : terms) {
            for (Monomial.Power power : Monomial.of(term).powers()) {
                Expr.Binary guarded = binary(BinaryOp.XLOGY, power.value());
                Expr x = guarded == null ? operand(UnaryOp.LOG, power.value()) : guarded.right();
                if (x != null && operands.stream().noneMatch(y -> y == x)) {
                    operands.add(x);
                }
            }
        }
        return operands;
    }

    /** As of {@code log(x / y)}, which is written as the difference of its logarithms. */
    private static List<Rest> ofLogarithms(Expr x, Expr y, Exprs e) {
        Monomial logarithm = Monomial.of(e.unary(UnaryOp.LOG, y));
        return ofLogQuotient(x, y, e).stream()
                .map(rest -> rest.beside(logarithm))
                .toList();
    }

    private static List<Rest> ofExponentials(Monomial.Power power, List<SignedTerm> terms, Exprs e) {
        Expr x = power.exponent() == 1 ? operand(UnaryOp.EXP, power.value()) : null;
        return x == null
                ? List.of()
                : logarithmsIn(terms).stream()
                        .flatMap(y -> ofExponential(x, y, e).stream())
                        .toList();
    }

    /** Rests of {@code eˣ} beside {@code log y}, where it is nearly y or the inverse of it. */
    private static List<Rest> ofExponential(Expr x, Expr y, Exprs e) {
        Monomial logarithm = Monomial.of(e.unary(UnaryOp.LOG, y));
        Monomial weight = Monomial.of(y);
        List<Rest> rests = new ArrayList<>();
        for (Rest rest : ofSmall(x, BinaryOp.SUBTRACT, y, e)) {
            Rest weighted = new Rest(rest.terms, weight, rest.value, rest.where);
            rests.add(weighted.beside(logarithm.times(-1)));
            rests.add(weighted.beside(
                    Monomial.of(e.binary(BinaryOp.XLOGY, y, y)).over(weight).times(-1)));
        }
        for (Rest rest : ofSmall(x, BinaryOp.ADD, y, e)) {
            rests.add(new Rest(rest.terms, Monomial.ONE.over(weight), rest.value, rest.where).beside(logarithm));
        }
        return rests;
    }

    /** {@code eᶻ − 1 − x} where z is small: the difference, or the sum, of x and {@code log y}. */
    private static List<Rest> ofSmall(Expr x, BinaryOp op, Expr y, Exprs e) {
        Expr z = e.binary(op, x, e.unary(UnaryOp.LOG, y));
        return linear(List.of(Monomial.ONE), x, 1, e.unary(UnaryOp.EXPM1_REST, z), OddSeries.isBelow(z, 1, e));
    }

    /** {@code log I₀(x)} without x, or without {@code x·cos d}, which is x but for {@code 2·x·sin²(d / 2)}. */
    private static List<Rest> ofBessel(Expr x, List<SignedTerm> terms, Exprs e) {
        Expr rest = BesselSeries.rest(x, e);
        Expr isFar = BesselSeries.isFar(x, e);
        List<Rest> rests = new ArrayList<>(List.of(new Rest(List.of(Monomial.of(x)), rest, isFar)));
        for (SignedTerm term : terms) {
            for (Monomial.Power power : Monomial.of(term).powers()) {
                Expr factor = power.value();
                if (operand(UnaryOp.COS, factor) != null) {
                    Expr versine = e.binary(BinaryOp.SUBTRACT, e.constant(1.0), factor);
                    Expr both = e.binary(BinaryOp.ADD, rest, e.binary(BinaryOp.MULTIPLY, x, versine));
                    rests.add(new Rest(List.of(Monomial.of(x).times(Monomial.of(factor))), both, isFar));
                }
            }
        }
        return rests;
    }

    /** {@code x·f(y)}, which is 0 where x is, whatever the logarithm is there. */
    private static List<Rest> weighted(Expr.Binary product, UnaryOp log, Exprs e) {
        Expr x = product.left();
        Monomial weight = Monomial.of(x);
        Expr isNotZero = e.compare(Comparison.NOT_EQUAL, x, e.constant(0.0));
        return restsOf((Expr.Unary) e.unary(log, product.right()), e).stream()
                .map(rest -> new Rest(
                        rest.terms.stream().map(weight::times).toList(),
                        e.binary(BinaryOp.MULTIPLY, x, rest.value),
                        isNotZero))
                .toList();
    }

    /** A rest without some constant and the multiple of an operand, as that is written or by its own terms. */
    private static List<Rest> linear(List<Monomial> constants, Expr x, double slope, Expr value, @Nullable Expr where) {
        List<Rest> rests = new ArrayList<>();
        for (List<Monomial> terms : List.of(List.of(Monomial.of(x)), Monomial.termsOf(x))) {
            List<Monomial> all = new ArrayList<>(constants);
            terms.forEach(term -> all.add(term.times(slope)));
            if (!terms.isEmpty()) {
                rests.add(new Rest(all, value, where));
            }
        }
        return rests;
    }

    private static Monomial square(Expr x, double factor) {
        return Monomial.of(x).times(Monomial.of(x)).times(factor);
    }

    /** {@code log1p(x) − x + x²/2 = s·x²/2 + 2·(s³/3 + s⁵/5 + …)} with {@code s = x / (2 + x)}, near 0. */
    private static Expr cubicOfLog1p(Expr x, Exprs e) {
        Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), e.unary(UnaryOp.SQUARE, x));
        Expr s = e.binary(BinaryOp.DIVIDE, x, e.binary(BinaryOp.ADD, e.constant(2.0), x));
        Expr z = e.unary(UnaryOp.SQUARE, s);
        Expr odd = OddSeries.horner(new double[] {2 / 3.0, 2 / 5.0, 2 / 7.0, 2 / 9.0, 2 / 11.0, 2 / 13.0}, z, e);
        return e.binary(BinaryOp.MULTIPLY, s, e.binary(BinaryOp.ADD, half, e.binary(BinaryOp.MULTIPLY, z, odd)));
    }

    /**
     * {@code log(x / y) − (x / y − 1)}, near 1 by the difference of x and y, and the same of {@code −log(y / x)}. The
     * terms are written apart or, as in the deviance of a gamma distribution, as {@code (x − y) / y}.
     */
    private static List<Rest> ofLogQuotient(Expr x, Expr y, Exprs e) {
        Expr rest = e.unary(UnaryOp.LOG1P_REST, NearQuotients.excess(x, y, e));
        Expr restOfInverse = e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.LOG1P_REST, NearQuotients.excess(y, x, e)));
        List<Rest> rests = new ArrayList<>();
        for (List<Monomial> terms : excessTerms(x, y, e)) {
            rests.add(new Rest(terms, rest, NearQuotients.areNear(x, y, e)));
        }
        for (List<Monomial> terms : excessTerms(y, x, e)) {
            List<Monomial> opposite = terms.stream().map(term -> term.times(-1)).toList();
            rests.add(new Rest(opposite, restOfInverse, NearQuotients.areNear(y, x, e)));
        }
        return rests;
    }

    /** The ways of writing {@code x / y − 1}. */
    private static List<List<Monomial>> excessTerms(Expr x, Expr y, Exprs e) {
        Monomial divisor = Monomial.of(y);
        return List.of(
                List.of(Monomial.of(x).over(divisor), Monomial.ONE.times(-1)),
                List.of(Monomial.of(e.binary(BinaryOp.SUBTRACT, x, y)).over(divisor)),
                List.of(Monomial.of(e.binary(BinaryOp.SUBTRACT, y, x))
                        .over(divisor)
                        .times(-1)));
    }

    /** {@code x·log(x / y) − x + y = −x·(log(y / x) − (y / x − 1))}. */
    private static Rest ofRelativeEntropy(Expr.Binary entropy, Exprs e) {
        Expr x = entropy.left();
        Expr y = entropy.right();
        Expr rest = e.unary(UnaryOp.LOG1P_REST, NearQuotients.excess(y, x, e));
        List<Monomial> terms = List.of(Monomial.of(x), Monomial.of(y).times(-1));
        return new Rest(
                terms, e.unary(UnaryOp.NEGATE, e.binary(BinaryOp.MULTIPLY, x, rest)), NearQuotients.areNear(y, x, e));
    }

    private static @Nullable Expr coshMinusOne(Expr node, Exprs e) {
        return map(operand(UnaryOp.COSH, Patterns.minusOne(node)), x -> {
            Expr half = e.unary(UnaryOp.SINH, e.binary(BinaryOp.MULTIPLY, e.constant(0.5), x));
            return e.binary(BinaryOp.MULTIPLY, e.constant(2.0), e.unary(UnaryOp.SQUARE, half));
        });
    }

    private static @Nullable Expr rootMinusOne(Expr node, Exprs e) {
        return map(
                Patterns.minusOne(node),
                root -> map(
                        onePlus(operand(UnaryOp.SQRT, root)),
                        x -> e.binary(BinaryOp.DIVIDE, x, e.binary(BinaryOp.ADD, e.constant(1.0), root))));
    }

    /** Beyond 1 nothing cancels; there x may be infinite. */
    private static @Nullable Expr shareOfNext(Expr node, Exprs e) {
        List<SignedTerm> terms = SignedTerm.of(node);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        for (SignedTerm term : terms) {
            Monomial share = Monomial.of(term);
            for (Monomial.Power power : share.powers()) {
                Expr x = power.exponent() == -1 ? onePlus(power.value()) : null;
                Monomial whole = share.times(Monomial.of(power.value())).times(-1);
                Optional<SignedTerm> found = terms.stream()
                        .filter(t -> x != null && Monomial.of(t).isSame(whole))
                        .findFirst();
                if (x != null && found.isPresent()) {
                    List<SignedTerm> others = new ArrayList<>(terms);
                    others.remove(term); // one of equal ones
                    others.remove(found.get());
                    Expr quotient = e.binary(BinaryOp.DIVIDE, x, power.value());
                    others.addFirst(new SignedTerm(whole.times(quotient, e), false));
                    return e.select(e.compare(Comparison.LESS, x, e.constant(1.0)), SignedTerm.sum(others, e), node);
                }
            }
        }
        return null;
    }
}
