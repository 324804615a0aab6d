package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.rewrite.GeneralPowers.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The divergence of two numbers by a power: {@code D = (rᵃ − 1 − a·(r − 1)) / (a·(a − 1))}, with which the divergences
 * that are named α and β, and deviances that are named after Tweedie, are written. Near {@code a = 0}, {@code a = 1}
 * and {@code r = 1} all of it cancels, though there are limits.
 *
 * <p>With {@code L = log r}, {@code s = 1} and {@code w = a·L}, or for {@code a ≥ ½} with {@code s = −1} and {@code w =
 * (a − 1)·L}, D is {@code ((e^(s·L) − 1 − s·L) − s·L·χ(w))·c}, where {@code χ(w) = (eʷ − 1 − w) / w} and c is {@code 1
 * / (1 − a)} or {@code r / a}. Neither of its two terms is much greater than their sum.
 */
final class PowerDivergences {

    static final Rule RULE = new Rule(
            "power-divergence",
            "k·(rᵃ − 1 − a·(r − 1)) / (a·(a − 1))",
            "its series, near a = 0, a = 1 and r = 1",
            Rule.Assumption.LIMIT,
            PowerDivergences::rewrite);

    /** A series stands for χ below. */
    private static final double BOUND = 0.5;

    private static final int TERMS = 12;

    /** A longer sum is not looked through. */
    private static final int MAX_TERMS = 4;

    private final Exprs e;
    private final Expr a;

    private PowerDivergences(Expr a, Exprs e) {
        this.a = a;
        this.e = e;
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b) || b.type() != Type.FLOAT || !Patterns.isShort(b)) {
            return null;
        }
        return switch (b.op()) {
            case ADD, SUBTRACT -> ofTerms(SignedTerm.of(b), Monomial.ONE, node, e);
            case MULTIPLY, DIVIDE -> ofProduct(b, e);
            default -> null;
        };
    }

    /** A sum that is divided as a whole, or a sum over an index of such sums. */
    private static @Nullable Expr ofProduct(Expr.Binary node, Exprs e) {
        Monomial product = Monomial.of(node);
        for (Monomial.Power power : product.powers()) {
            Monomial others = product.over(Monomial.of(power));
            if (power.exponent() != 1 || others.powers().stream().noneMatch(p -> p.exponent() < 0)) {
                continue;
            }
            List<SignedTerm> terms = SignedTerm.of(power.value());
            if (!terms.isEmpty()) {
                Expr sum = ofTerms(terms, others, node, e);
                if (sum != null) {
                    return sum;
                }
            }
            if (power.value() instanceof Expr.Reduce r && r.op() == ReduceOp.SUM) {
                Expr body = ofTerms(SignedTerm.of(r.body()), others, others.times(r.body(), e), e);
                if (body != null) {
                    return e.reduce(ReduceOp.SUM, r.index(), body);
                }
            }
        }
        return null;
    }

    private static @Nullable Expr ofTerms(List<SignedTerm> terms, Monomial by, Expr written, Exprs e) {
        if (terms.isEmpty() || terms.size() > MAX_TERMS) {
            return null;
        }
        for (Expr a : parameters(terms, e)) {
            Expr divergence = new PowerDivergences(a, e).of(terms, by, written);
            if (divergence != null) {
                return divergence;
            }
        }
        return null;
    }

    /** The numbers on which exponents depend, and which are no function of the index. */
    private static List<Expr> parameters(List<SignedTerm> terms, Exprs e) {
        return terms.stream()
                .flatMap(t -> ExprNodes.of(t.value()).stream())
                .flatMap(n -> n instanceof Expr.Binary b && b.op() == BinaryOp.POW
                        ? ExprNodes.of(b.right()).stream()
                        : n instanceof Expr.Unary u && u.op() == UnaryOp.EXP
                                ? ExprNodes.of(u.operand()).stream()
                                : Stream.<Expr>empty())
                .filter(n -> n instanceof Expr.Load && e.freeIndices(n).isEmpty())
                .filter(n -> n.type() == Type.FLOAT)
                .distinct()
                .toList();
    }

    private @Nullable Expr of(List<SignedTerm> terms, Monomial factors, Expr written) {
        Expr by = factors.times(e.constant(1.0), e);
        GeneralPowers common = GeneralPowers.of(by, a, e);
        List<GeneralPowers> products = common == null ? List.of() : products(terms, common);
        if (products.size() != 3) {
            return null;
        }
        for (Linear b : exponents(products)) {
            for (int power = 0; power < 3; power++) {
                for (int one = 0; one < 3; one++) {
                    if (one != power) {
                        Expr found =
                                of(b, products.get(power), products.get(3 - power - one), products.get(one), written);
                        if (found != null) {
                            return found;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The terms by their powers, of which those that are linear in a are one; none if they are something else. */
    private List<GeneralPowers> products(List<SignedTerm> terms, GeneralPowers common) {
        List<GeneralPowers> products = new ArrayList<>();
        Linear numbers = new Linear(0, 0);
        for (SignedTerm term : multipliedOut(terms)) {
            GeneralPowers product = GeneralPowers.of(term.value(), a, e);
            Linear number = Linear.of(term.value(), a);
            if (product == null) {
                return List.of();
            }
            if (number != null) {
                numbers = numbers.plus(number, term.isNegative() ? -1 : 1);
            } else {
                products.add(product.times(term.isNegative() ? -1 : 1).times(common, 1));
            }
        }
        if (!numbers.isZero()) {
            products.add(common.times(numbers, 1));
        }
        return products;
    }

    /** Without sums in products, {@code b·(r − 1)}, and as written, where {@code rᵇ − 1} has a form near 0. */
    private List<SignedTerm> multipliedOut(List<SignedTerm> terms) {
        List<SignedTerm> all = new ArrayList<>();
        for (SignedTerm term : terms) {
            Expr written = term.value() instanceof Expr.Select s ? s.whenFalse() : term.value();
            Monomial product = Monomial.of(written);
            Monomial.Power sum = product.powers().stream()
                    .filter(p -> p.exponent() == 1
                            && Linear.of(p.value(), a) == null
                            && !SignedTerm.of(p.value()).isEmpty())
                    .findFirst()
                    .orElse(null);
            if (sum == null) {
                all.add(term);
                continue;
            }
            Monomial others = product.over(Monomial.of(sum));
            for (SignedTerm part : SignedTerm.of(sum.value())) {
                all.add(new SignedTerm(others.times(part.value(), e), part.isNegative() != term.isNegative()));
            }
        }
        return all;
    }

    private static List<Linear> exponents(List<GeneralPowers> products) {
        return products.stream()
                .flatMap(p -> p.powers().stream())
                .map(GeneralPowers.Power::exponent)
                .filter(x -> !x.isConstant())
                .distinct()
                .toList();
    }

    /** If the terms are {@code k·rᵇ / (b·(b − 1))}, {@code −k·r / (b − 1)} and {@code k / b}. */
    private @Nullable Expr of(Linear b, GeneralPowers power, GeneralPowers linear, GeneralPowers one, Expr written) {
        Linear less = new Linear(b.slope(), b.offset() - 1);
        GeneralPowers r = linear.times(one, -1).times(less, 1).times(b, -1).times(-1);
        if (!r.isFixed()
                || !power.times(one, -1).times(less, 1).times(r.raised(b), -1).isOne()) {
            return null;
        }
        Expr k = one.times(b, 1).toExpr(a, e);
        return divergence(k, r, b.of(a, e), less.of(a, e), written);
    }

    private Expr divergence(Expr k, GeneralPowers r, Expr b, Expr less, Expr written) {
        Expr log = r.log(e);
        Expr isUpper = e.compare(Comparison.GREATER_OR_EQUAL, b, e.constant(0.5));
        Expr w = e.binary(BinaryOp.MULTIPLY, e.select(isUpper, less, b), log);
        Expr towards = e.select(isUpper, e.unary(UnaryOp.NEGATE, log), log);
        Expr product = e.binary(BinaryOp.MULTIPLY, towards, chi(w));
        Expr rest = e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.EXPM1_REST, towards), product);
        Expr upper = e.binary(BinaryOp.DIVIDE, r.toExpr(a, e), b);
        Expr lower = e.binary(BinaryOp.DIVIDE, e.constant(-1.0), less);
        Expr scaled = e.binary(BinaryOp.MULTIPLY, e.select(isUpper, upper, lower), rest);
        Expr isNear = e.binary(BinaryOp.OR, OddSeries.isBelow(log, 1, e), OddSeries.isBelow(w, BOUND, e));
        return e.select(isNear, e.binary(BinaryOp.MULTIPLY, k, scaled), written);
    }

    private Expr chi(Expr w) {
        double[] coefficients = new double[TERMS];
        double factorial = 1;
        for (int n = 0; n < TERMS; n++) {
            factorial *= n + 2;
            coefficients[n] = 1 / factorial;
        }
        Expr series = e.binary(BinaryOp.MULTIPLY, w, OddSeries.horner(coefficients, w, e));
        Expr quotient = e.binary(BinaryOp.DIVIDE, e.unary(UnaryOp.EXPM1_REST, w), w);
        return e.select(OddSeries.isBelow(w, BOUND, e), series, quotient);
    }
}
