package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series of a function that is 0 at 0, divided by the first power of its operand.
 *
 * @param order the exponent of that power
 * @param coefficients of what is left, enough of them for the second derivative in float32
 * @param isEven whether these are of even powers alone
 * @param bound up to where the series stands for the function
 */
record ZeroSeries(Expr operand, int order, List<Double> coefficients, boolean isEven, double bound) {

    static @Nullable ZeroSeries of(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Unary u -> of(u.op(), u.operand());
            case Expr.Select s -> ofPower(s, e);
            default -> null;
        };
    }

    /** {@code xʸ − 1} or its opposite, which is ±expm1 of {@code y·log x} where that is near 0. */
    private static @Nullable ZeroSeries ofPower(Expr.Select choice, Exprs e) {
        Expr opposite = Patterns.operand(UnaryOp.NEGATE, choice.whenTrue());
        Expr exponent = Patterns.operand(UnaryOp.EXPM1, opposite == null ? choice.whenTrue() : opposite);
        int sign = opposite == null ? 1 : -1;
        return exponent != null
                        && choice.condition() instanceof Expr.Compare c
                        && c.op() == Comparison.LESS
                        && Patterns.operand(UnaryOp.ABS, c.left()) == exponent
                ? series(asProduct(exponent, e), 1, 12, 0.5, n -> sign / factorial(n + 1))
                : null;
    }

    private static @Nullable ZeroSeries of(UnaryOp op, Expr x) {
        return switch (op) {
            case EXPM1 -> series(x, 1, 12, 0.5, n -> 1 / factorial(n + 1));
            case EXPM1_REST -> series(x, 2, 12, 0.5, n -> 1 / factorial(n + 2));
            case LOG1P -> series(x, 1, 16, 0.25, n -> (n % 2 == 0 ? 1 : -1) / (n + 1.0));
            case LOG1P_REST -> series(x, 2, 16, 0.25, n -> (n % 2 == 0 ? -1 : 1) / (n + 2.0));
            default -> OddSeries.of(op).map(odd -> ofOdd(x, odd)).orElse(null);
        };
    }

    private static Expr asProduct(Expr node, Exprs e) {
        Expr.Binary product = Patterns.binary(BinaryOp.XLOGY, node);
        return product == null
                ? node
                : e.binary(BinaryOp.MULTIPLY, product.left(), e.unary(UnaryOp.LOG, product.right()));
    }

    private static ZeroSeries series(Expr x, int order, int terms, double bound, IntToDoubleFunction coefficient) {
        List<Double> coefficients =
                IntStream.range(0, terms).mapToDouble(coefficient).boxed().toList();
        return new ZeroSeries(x, order, coefficients, false, bound);
    }

    private static ZeroSeries ofOdd(Expr x, OddSeries odd) {
        List<Double> coefficients = Stream.concat(Stream.of(odd.slope()), odd.coefficients().stream())
                .toList();
        return new ZeroSeries(x, 1, coefficients, true, odd.bound());
    }

    private static double factorial(int n) {
        return IntStream.rangeClosed(2, n).asDoubleStream().reduce(1, (a, b) -> a * b);
    }

    /** The series of the operand, divided by the function: both are 1 times a constant at 0. */
    ZeroSeries inverse() {
        double[] all = new double[coefficients.size()];
        all[0] = 1 / coefficients.getFirst();
        for (int n = 1; n < all.length; n++) {
            for (int k = 1; k <= n; k++) {
                all[n] -= coefficients.get(k) * all[n - k] * all[0];
            }
        }
        return new ZeroSeries(operand, order, Arrays.stream(all).boxed().toList(), isEven, bound);
    }

    /** Of an inverse, all but the first term, divided by the operand. */
    Expr restOfPole(Exprs e) {
        double[] others =
                coefficients.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
        return isEven
                ? e.binary(BinaryOp.MULTIPLY, operand, OddSeries.horner(others, e.unary(UnaryOp.SQUARE, operand), e))
                : OddSeries.horner(others, operand, e);
    }

    Expr quotient(Exprs e) {
        return OddSeries.horner(
                coefficients.stream().mapToDouble(Double::doubleValue).toArray(),
                isEven ? e.unary(UnaryOp.SQUARE, operand) : operand,
                e);
    }

    Expr isNear(Exprs e) {
        return OddSeries.isBelow(operand, bound, e);
    }
}
