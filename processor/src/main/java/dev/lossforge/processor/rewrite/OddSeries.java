package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The series of an odd function around 0. What is left of the function without its linear term is the sum of the others
 * where these cancel; enough of them for the second derivative in float32.
 *
 * @param slope the factor of the linear term
 * @param coefficients of {@code x³, x⁵, …}
 * @param bound up to where the series stands for the function
 */
record OddSeries(double slope, List<Double> coefficients, double bound) {

    static Optional<OddSeries> of(UnaryOp op) {
        return Optional.ofNullable(
                switch (op) {
                    case SIN -> sum(6, 1, n -> alternating(n) / factorial(2 * n + 1));
                    case SINH -> sum(6, 1, n -> 1 / factorial(2 * n + 1));
                    case TAN -> tangent(1);
                    case TANH -> tangent(-1);
                    case ATAN -> sum(14, 0.5, n -> alternating(n) / (2.0 * n + 1));
                    case ATANH -> sum(14, 0.5, n -> 1.0 / (2 * n + 1));
                    case ASIN -> sum(14, 0.5, OddSeries::arcSine);
                    case ASINH -> sum(14, 0.5, n -> alternating(n) * arcSine(n));
                    case ERF -> error();
                    default -> null;
                });
    }

    private static OddSeries sum(int terms, double bound, IntToDoubleFunction coefficient) {
        List<Double> coefficients =
                IntStream.rangeClosed(1, terms).mapToDouble(coefficient).boxed().toList();
        return new OddSeries(1, coefficients, bound);
    }

    private static OddSeries error() {
        double slope = 2 / Math.sqrt(Math.PI);
        return new OddSeries(
                slope, sum(8, 0, n -> slope * alternating(n) / (factorial(n) * (2 * n + 1))).coefficients, 0.7);
    }

    /** By {@code y′ = 1 ± y²}: each coefficient from the products of those before it. */
    private static OddSeries tangent(int sign) {
        double[] all = new double[10];
        all[0] = 1;
        for (int n = 1; n < all.length; n++) {
            for (int k = 0; k < n; k++) {
                all[n] += sign * all[k] * all[n - 1 - k] / (2 * n + 1);
            }
        }
        return sum(all.length - 1, 0.5, n -> all[n]);
    }

    private static double arcSine(int n) {
        double product = 1.0 / (2 * n + 1);
        for (int k = 1; k <= n; k++) {
            product *= (2 * k - 1) / (2.0 * k);
        }
        return product;
    }

    private static int alternating(int n) {
        return n % 2 == 0 ? 1 : -1;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }

    /** The terms after the first. */
    Expr rest(Expr x, Exprs e) {
        Expr square = e.unary(UnaryOp.SQUARE, x);
        double[] polynomial =
                coefficients.stream().mapToDouble(Double::doubleValue).toArray();
        return e.binary(BinaryOp.MULTIPLY, e.binary(BinaryOp.MULTIPLY, x, square), horner(polynomial, square, e));
    }

    /** Where they stand for the function. */
    Expr isNear(Expr x, Exprs e) {
        return isBelow(x, bound, e);
    }

    static Expr isBelow(Expr x, double bound, Exprs e) {
        return e.compare(Comparison.LESS, e.unary(UnaryOp.ABS, x), e.constant(bound));
    }

    /** The polynomial with these coefficients, that of the constant first. */
    static Expr horner(double[] coefficients, Expr z, Exprs e) {
        Expr sum = e.constant(coefficients[coefficients.length - 1]);
        for (int n = coefficients.length - 2; n >= 0; n--) {
            sum = e.binary(BinaryOp.ADD, e.constant(coefficients[n]), e.binary(BinaryOp.MULTIPLY, z, sum));
        }
        return sum;
    }
}
