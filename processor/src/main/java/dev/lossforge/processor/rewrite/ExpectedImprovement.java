package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of {@code x·Φ(x) + φ(x)}, the mean of what a normal variable is above a bound. Far on the left its
 * terms cancel, and then both vanish.
 */
final class ExpectedImprovement {

    static final Rule RULE = new Rule(
            "log-expected-improvement",
            "log(x·Φ(x) + φ(x))",
            "log φ(x) − 2·log(−x) + … for x < −8",
            Rule.Assumption.LIMIT,
            ExpectedImprovement::rewrite);

    private static final double MAX = -8;

    /** Of {@code x²·(x·Φ(x) + φ(x)) / φ(x) − 1} by {@code 1 / x²}, without the constant. */
    private static final double[] COEFFICIENTS = {-3, 15, -105, 945, -10395, 135135, -2027025, 34459425, -654729075};

    private ExpectedImprovement() {}

    private static @Nullable Expr rewrite(Expr node, Exprs e) {
        Expr sum = Patterns.operand(UnaryOp.LOG, node);
        List<SignedTerm> terms = sum == null ? List.of() : SignedTerm.of(sum);
        if (terms.size() != 2) {
            return null;
        }
        for (int i = 0; i < 2; i++) {
            Expr x = weightOfCdf(Monomial.of(terms.get(i)));
            if (x != null && isDensity(Monomial.of(terms.get(1 - i)), Monomial.of(x))) {
                Expr isFar = e.compare(Comparison.LESS, x, e.constant(MAX));
                return e.select(isFar, far(x, e), node);
            }
        }
        return null;
    }

    /** The x of {@code x·Φ(x)}. */
    private static @Nullable Expr weightOfCdf(Monomial product) {
        return product.powers().stream()
                .map(power -> Patterns.operand(UnaryOp.NORMAL_CDF, power.value()))
                .filter(x -> x != null && product.isSame(Monomial.of(x).times(cdf(product, x))))
                .findFirst()
                .orElse(null);
    }

    private static Monomial cdf(Monomial product, Expr x) {
        return new Monomial(
                1,
                product.powers().stream()
                        .filter(power -> Patterns.operand(UnaryOp.NORMAL_CDF, power.value()) == x)
                        .toList());
    }

    private static boolean isDensity(Monomial product, Monomial x) {
        boolean isOnePower =
                product.powers().size() == 1 && product.powers().getFirst().exponent() == 1;
        Expr exponent = isOnePower
                ? Patterns.operand(UnaryOp.EXP, product.powers().getFirst().value())
                : null;
        return exponent != null
                && Math.abs(product.factor() * Math.sqrt(2 * Math.PI) - 1) < 1e-6
                && Monomial.of(exponent).isSame(x.times(x).times(-0.5));
    }

    private static Expr far(Expr x, Exprs e) {
        Expr square = e.unary(UnaryOp.SQUARE, x);
        Expr logDensity = e.binary(
                BinaryOp.SUBTRACT,
                e.binary(BinaryOp.MULTIPLY, e.constant(-0.5), square),
                e.constant(0.5 * Math.log(2 * Math.PI)));
        Expr logSquare = e.binary(BinaryOp.MULTIPLY, e.constant(2.0), e.unary(UnaryOp.LOG, e.unary(UnaryOp.NEGATE, x)));
        Expr inverse = e.binary(BinaryOp.DIVIDE, e.constant(1.0), square);
        Expr series = e.binary(BinaryOp.MULTIPLY, inverse, OddSeries.horner(COEFFICIENTS, inverse, e));
        return e.binary(
                BinaryOp.ADD, e.binary(BinaryOp.SUBTRACT, logDensity, logSquare), e.unary(UnaryOp.LOG1P, series));
    }
}
