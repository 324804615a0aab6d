package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
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

    static @Nullable ZeroSeries of(Expr node) {
        return node instanceof Expr.Unary u ? of(u.op(), u.operand()) : null;
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
