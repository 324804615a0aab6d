package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Rule.Assumption.LIMIT;
import static dev.lossforge.processor.rewrite.Rule.Assumption.REASSOCIATES;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules for removable singularities, as that of {@code (eˣ − 1) / x} at 0. The value has all its digits as it is
 * written, but in the slope {@code eˣ / x − (eˣ − 1) / x²} the terms cancel, and more so in the second derivative.
 */
final class RemovableRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    "removable-singularity",
                    "f(x) / x, x / f(x)",
                    "the series of f over x, near 0",
                    REASSOCIATES,
                    RemovableRules::quotient),
            new Rule(
                    "removable-singularity-of-sum",
                    "(1 / x + y)·f(x)",
                    "f(x) / x + y·f(x)",
                    REASSOCIATES,
                    RemovableRules::ofSum),
            new Rule(
                    "square-of-arc-cosine",
                    "acos² x",
                    "its series in 1 − x for ½ ≤ x ≤ 1",
                    REASSOCIATES,
                    RemovableRules::squareOfArcCosine),
            OverflowingDivisors.RULE,
            new Rule(
                    "guarded-singularity",
                    "x = 0 ? c : f(x) / x with the limit c",
                    "f(x) / x",
                    LIMIT,
                    RemovableRules::guarded));

    /** A longer sum is not taken apart for one of its terms. */
    private static final int MAX_TERMS = 4;

    /** Enough for the second derivative where x is ½. */
    private static final int ARC_COSINE_TERMS = 14;

    private RemovableRules() {}

    private static @Nullable Expr quotient(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b)
                || b.type() != Type.FLOAT
                || b.op() != BinaryOp.DIVIDE && b.op() != BinaryOp.MULTIPLY) {
            return null;
        }
        Quotient quotient = Quotient.of(Monomial.of(b), e);
        return quotient == null
                ? null
                : e.select(quotient.series.isNear(e), quotient.near(e), OverflowingDivisors.of(node, e));
    }

    /** A product that has one of these quotients in it, with that function and the other factors. */
    private record Quotient(Monomial others, ZeroSeries series, int exponent) {

        static @Nullable Quotient of(Monomial product, Exprs e) {
            for (Monomial.Power power : product.powers()) {
                ZeroSeries series = ZeroSeries.of(power.value(), e);
                if (series != null) {
                    Monomial others = product.over(Monomial.of(power));
                    if (divides(others, Monomial.of(series.operand()), power.exponent() > 0)) {
                        return new Quotient(others, series, power.exponent());
                    }
                }
            }
            return null;
        }

        Expr near(Exprs e) {
            Monomial zero = Monomial.of(series.operand());
            Monomial product = others.times(Monomial.of(new Monomial.Power(series.quotient(e), exponent)));
            for (int i = 0; i < Math.abs(exponent) * series.order(); i++) {
                product = exponent > 0 ? product.times(zero) : product.over(zero);
            }
            return product.times(e.constant(1.0), e);
        }
    }

    /** A factor with several terms, of which one makes such a quotient of the other factors. */
    private static @Nullable Expr ofSum(Expr node, Exprs e) {
        Expr.Binary b = Patterns.binary(BinaryOp.MULTIPLY, node);
        if (b == null || b.type() != Type.FLOAT) {
            return null;
        }
        Monomial product = Monomial.of(b);
        for (Monomial.Power factor : product.powers()) {
            List<SignedTerm> terms = factor.exponent() == 1 ? SignedTerm.of(factor.value()) : List.of();
            Monomial others = product.over(Monomial.of(factor));
            if (terms.size() <= MAX_TERMS
                    && terms.stream().anyMatch(t -> Quotient.of(Monomial.of(t).times(others), e) != null)) {
                return SignedTerm.sum(
                        terms.stream()
                                .map(t -> new SignedTerm(others.times(t.value(), e), t.isNegative()))
                                .toList(),
                        e);
            }
        }
        return null;
    }

    /** Whether the other factors, or their inverses, are divided by what the function is 0 with. */
    private static boolean divides(Monomial others, Monomial operand, boolean isDividend) {
        return operand.powers().stream()
                .filter(p -> p.exponent() > 0 && Patterns.isDifferentiated(p.value()))
                .mapToInt(p -> others.exponentOf(p.value()))
                .anyMatch(exponent -> isDividend ? exponent < 0 : exponent > 0);
    }

    /** {@code acos²(1 − d) = 2·Σ (2·d)ⁿ / (n²·(2n over n))}, whose slope is a quotient of two that are 0 at d = 0. */
    private static @Nullable Expr squareOfArcCosine(Expr node, Exprs e) {
        Expr x = Patterns.operand(UnaryOp.ACOS, Patterns.operand(UnaryOp.SQUARE, node));
        if (x == null) {
            return null;
        }
        double[] coefficients = new double[ARC_COSINE_TERMS];
        double power = 2; // 2·2ⁿ / (2n over n)
        for (int n = 1; n <= coefficients.length; n++) {
            power *= n / (2.0 * n - 1);
            coefficients[n - 1] = power / ((double) n * n);
        }
        Expr d = e.binary(BinaryOp.SUBTRACT, e.constant(1.0), x);
        Expr series = e.binary(BinaryOp.MULTIPLY, d, OddSeries.horner(coefficients, d, e));
        Expr fromMiddle = e.unary(UnaryOp.ABS, e.binary(BinaryOp.SUBTRACT, d, e.constant(0.25)));
        return e.select(e.compare(Comparison.LESS_OR_EQUAL, fromMiddle, e.constant(0.25)), series, node);
    }

    /** The guard is not needed, and has the wrong slope: that of the constant. */
    private static @Nullable Expr guarded(Expr node, Exprs e) {
        if (!(node instanceof Expr.Select s) || !(s.condition() instanceof Expr.Compare c)) {
            return null;
        }
        boolean isGuard = Patterns.isConstant(c.right(), 0)
                && (c.op() == Comparison.EQUAL || c.op() == Comparison.NOT_EQUAL)
                && c.left().type() == Type.FLOAT;
        Expr limit = c.op() == Comparison.EQUAL ? s.whenTrue() : s.whenFalse();
        Expr function = c.op() == Comparison.EQUAL ? s.whenFalse() : s.whenTrue();
        return isGuard
                        && limit instanceof Expr.Constant value
                        && function instanceof Expr.Select choice
                        && isNearZero(choice.condition())
                        && isSame(new ValueAtZero(c.left()).of(function), value.value())
                ? function
                : null;
    }

    private static boolean isNearZero(Expr condition) {
        return condition instanceof Expr.Compare c
                && c.op() == Comparison.LESS
                && Patterns.operand(UnaryOp.ABS, c.left()) != null
                && c.right() instanceof Expr.Constant bound
                && bound.value() > 0;
    }

    private static boolean isSame(double x, double y) {
        return (float) x == (float) y;
    }
}
