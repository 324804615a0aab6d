package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.rewrite.GeneralPowers.Linear;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of powers of a softmax less 1, by what vanishes with them: {@code (Σ pᵃ·q^(1 − a) − 1) / (a − 1)} and the same
 * with a logarithm, as in the divergences named α and after Rényi, and the entropy named after Tsallis. The shares are
 * 1 together, so the difference is {@code Σ p·(e^w − 1)} with {@code w = (a − 1)·log(p / q)}, and its quotient by
 * {@code a − 1} is the divergence by logarithms at {@code a = 1}.
 */
final class PowersOfShares {

    static final Rule RULE = new Rule(
            "powers-of-shares",
            "(Σ pᵃ·q^(1 − a) − 1) / (a − 1), log(Σ pᵃ·q^(1 − a)) / (a − 1)",
            "Σ p·log(p / q)·(e^w − 1) / w, and its logarithm's series",
            Rule.Assumption.REASSOCIATES,
            PowersOfShares::rewrite);

    private static final double BOUND = 0.5;

    private final Expr a;
    private final Exprs e;

    private PowersOfShares(Expr a, Exprs e) {
        this.a = a;
        this.e = e;
    }

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        if (!(node instanceof Expr.Binary b)
                || b.type() != Type.FLOAT
                || b.op() != BinaryOp.MULTIPLY && b.op() != BinaryOp.DIVIDE
                || !Patterns.isShort(b)) {
            return null;
        }
        Monomial product = Monomial.of(b);
        for (Monomial.Power divisor : product.powers()) {
            Expr a = divisor.exponent() == -1 ? parameter(divisor.value()) : null;
            for (Monomial.Power factor : a == null ? List.<Monomial.Power>of() : product.powers()) {
                Monomial others = product.over(Monomial.of(divisor)).over(Monomial.of(factor));
                Expr quotient = a == null || factor.exponent() != 1
                        ? null
                        : new PowersOfShares(a, e).quotient(factor.value(), divisor.value());
                if (quotient != null) {
                    return others.times(quotient, e);
                }
            }
        }
        return null;
    }

    /** The only input of a value. */
    private static @Nullable Expr parameter(Expr node) {
        List<Expr> loads = ExprNodes.of(node).stream()
                .filter(n -> n instanceof Expr.Load && n.type() == Type.FLOAT)
                .toList();
        return loads.size() == 1 ? loads.getFirst() : null;
    }

    /** A value that is 0 where the divisor is, divided by it; or null. */
    private @Nullable Expr quotient(Expr value, Expr divisor) {
        Linear linear = Linear.of(divisor, a);
        if (linear == null || linear.isConstant()) {
            return null;
        }
        double limit = -linear.offset() / linear.slope();
        if (value instanceof Expr.Reduce r && r.op() == ReduceOp.LOG_SUM_EXP) {
            Expr powers = ofTerms(e.unary(UnaryOp.EXP, r.body()), r.index(), limit, linear, divisor);
            return Patterns.map(powers, u -> ofLogarithm(u, value, divisor));
        }
        Expr less = Patterns.oneMinus(value);
        Expr sum = less == null ? Patterns.minusOne(value) : less;
        if (!(sum instanceof Expr.Reduce r) || r.op() != ReduceOp.SUM) {
            return null;
        }
        return Patterns.map(
                ofTerms(r.body(), r.index(), limit, linear, divisor),
                u -> less == null ? u : e.unary(UnaryOp.NEGATE, u));
    }

    /** {@code log(1 + d·u) / d}. */
    private Expr ofLogarithm(Expr u, Expr logarithm, Expr divisor) {
        Expr excess = e.binary(BinaryOp.MULTIPLY, divisor, u);
        double[] coefficients = new double[16];
        for (int n = 0; n < coefficients.length; n++) {
            coefficients[n] = (n % 2 == 0 ? 1 : -1) / (n + 1.0);
        }
        Expr series = e.binary(BinaryOp.MULTIPLY, u, OddSeries.horner(coefficients, excess, e));
        return e.select(OddSeries.isBelow(excess, 0.25, e), series, e.binary(BinaryOp.DIVIDE, logarithm, divisor));
    }

    /** {@code Σ (term(a) − term(limit)) / divisor}, where the terms at the limit are a softmax. */
    private @Nullable Expr ofTerms(Expr term, Expr.Index index, double limit, Linear linear, Expr divisor) {
        GeneralPowers powers = GeneralPowers.of(term, a, e);
        GeneralPowers there = powers == null || !powers.linear().isEmpty() ? null : powers.at(limit);
        if (powers == null
                || there == null
                || !isSoftmax(there, index)
                || powers.growth().powers().isEmpty()) {
            return null;
        }
        Expr share = there.toExpr(a, e);
        Expr log = powers.growth().log(e);
        Expr growth = linear.slope() == 1 ? log : e.binary(BinaryOp.MULTIPLY, e.constant(1 / linear.slope()), log);
        Expr w = e.binary(BinaryOp.MULTIPLY, divisor, growth);
        double[] coefficients = new double[12];
        double factorial = 1;
        for (int n = 0; n < coefficients.length; n++) {
            factorial *= n + 1;
            coefficients[n] = 1 / factorial;
        }
        Expr near = e.binary(
                BinaryOp.MULTIPLY, share, e.binary(BinaryOp.MULTIPLY, growth, OddSeries.horner(coefficients, w, e)));
        Expr far = e.binary(BinaryOp.DIVIDE, e.binary(BinaryOp.SUBTRACT, term, share), divisor);
        return e.reduce(ReduceOp.SUM, index, e.select(OddSeries.isBelow(w, BOUND, e), near, far));
    }

    /** Whether the terms are {@code e^(x − logΣexp x)} for all of an index. */
    private boolean isSoftmax(GeneralPowers product, Expr.Index index) {
        if (!product.isFixed() || product.powers().size() != 1) {
            return false;
        }
        GeneralPowers.Power power = product.powers().getFirst();
        Expr.Binary share = Patterns.binary(BinaryOp.SUBTRACT, operand(UnaryOp.EXP, power.base()));
        return power.exponent().offset() == 1
                && share != null
                && Patterns.bodyOver(index, ReduceOp.LOG_SUM_EXP, share.right(), e) == share.left();
    }
}
