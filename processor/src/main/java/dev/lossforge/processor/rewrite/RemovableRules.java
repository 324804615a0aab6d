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
            OverflowingDivisors.RULE,
            new Rule(
                    "guarded-singularity",
                    "x = 0 ? c : f(x) / x with the limit c",
                    "f(x) / x",
                    LIMIT,
                    RemovableRules::guarded));

    private RemovableRules() {}

    private static @Nullable Expr quotient(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b)
                || b.type() != Type.FLOAT
                || b.op() != BinaryOp.DIVIDE && b.op() != BinaryOp.MULTIPLY) {
            return null;
        }
        Monomial product = Monomial.of(b);
        for (Monomial.Power power : product.powers()) {
            ZeroSeries series = ZeroSeries.of(power.value());
            if (series != null) {
                Monomial others = product.over(Monomial.of(power));
                if (divides(others, Monomial.of(series.operand()), power.exponent() > 0)) {
                    Expr near = near(others, series, power.exponent(), e);
                    return e.select(series.isNear(e), near, OverflowingDivisors.of(node, e));
                }
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

    private static Expr near(Monomial others, ZeroSeries series, int exponent, Exprs e) {
        Monomial zero = Monomial.of(series.operand());
        Monomial product = others.times(Monomial.of(new Monomial.Power(series.quotient(e), exponent)));
        for (int i = 0; i < Math.abs(exponent) * series.order(); i++) {
            product = exponent > 0 ? product.times(zero) : product.over(zero);
        }
        return product.times(e.constant(1.0), e);
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
