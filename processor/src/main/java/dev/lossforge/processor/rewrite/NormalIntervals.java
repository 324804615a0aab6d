package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of the mass of a normal distribution between two numbers: of narrow intervals by the density at their
 * middle and a series, of others by the two tails on the side where these are small.
 *
 * <p>With m the middle, h the width, {@code u = h²/4} and {@code v = m²·u}, the mass is {@code φ(m)·h·S}, and {@code S
 * = Σ vⁱ/(2i)! · (−u/2)ʲ/j! / (2(i + j) + 1)}, which is {@code e^(−m·t − t²/2)} integrated by its terms.
 */
final class NormalIntervals {

    static final Rule RULE = new Rule(
            "log-normal-interval", "log(Φ(b) − Φ(a))", "log(φ(m)·h·S)", Rule.Assumption.LIMIT, NormalIntervals::log);

    /** Intervals are narrow below this width, and if the density changes by no more than the exponential of CHANGE. */
    private static final double WIDTH = 1;

    private static final double CHANGE = 4;

    /** Powers of v and of u in the series. */
    private static final int OF_CHANGE = 9;

    private static final int OF_WIDTH = 6;

    /** Further from the end, a tail is 0 beside that at the end. */
    private static final double FAR = 100;

    private NormalIntervals() {}

    private static @Nullable Expr log(Expr node, Exprs e) {
        Expr argument = operand(UnaryOp.LOG, node);
        Expr half = argument == null ? null : halved(argument);
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, half == null ? argument : half);
        if (difference == null) {
            return null;
        }
        Expr b = point(difference.left(), half != null, e);
        Expr a = point(difference.right(), half != null, e);
        return a == null || b == null ? null : logOfInterval(a, b, e);
    }

    private static @Nullable Expr halved(Expr node) {
        Expr.Binary half = Patterns.half(node);
        return half == null ? null : half.op() == BinaryOp.DIVIDE ? half.left() : half.right();
    }

    /** The x of {@code Φ(x)}, {@code ½·erfc(−x / √2)} and, of a difference that is halved, of erf and erfc. */
    private static @Nullable Expr point(Expr node, boolean isHalved, Exprs e) {
        Expr x = operand(UnaryOp.NORMAL_CDF, node);
        if (x != null) {
            return isHalved ? null : x;
        }
        Expr function = isHalved ? node : halved(node);
        Expr y = operand(UnaryOp.ERF, function);
        Expr z = operand(UnaryOp.ERFC, function);
        return y != null
                ? NormalRules.scaled(Math.sqrt(2), y, e)
                : z != null ? NormalRules.scaled(-Math.sqrt(2), z, e) : null;
    }

    private static Expr logOfInterval(Expr a, Expr b, Exprs e) {
        Expr middle = times(0.5, e.binary(BinaryOp.ADD, a, b), e);
        Expr width = difference(b, a, e);
        Expr square = e.unary(UnaryOp.SQUARE, middle);
        Expr u = times(0.25, e.unary(UnaryOp.SQUARE, width), e);
        Expr v = e.binary(BinaryOp.MULTIPLY, square, u);
        Expr isWidth = e.binary(
                BinaryOp.AND,
                e.compare(Comparison.GREATER, width, e.constant(0.0)),
                e.compare(Comparison.LESS, width, e.constant(WIDTH)));
        Expr isNarrow = e.binary(BinaryOp.AND, isWidth, e.compare(Comparison.LESS, v, e.constant(CHANGE * CHANGE / 4)));
        Expr density = e.binary(BinaryOp.SUBTRACT, times(-0.5, square, e), e.constant(0.5 * Math.log(2 * Math.PI)));
        Expr logs = e.binary(BinaryOp.ADD, e.unary(UnaryOp.LOG, width), e.unary(UnaryOp.LOG, series(u, v, e)));
        return e.select(isNarrow, e.binary(BinaryOp.ADD, density, logs), ofTails(a, b, middle, e));
    }

    /** The difference of two numbers, of multiples that of what is multiplied: so what they share is gone. */
    private static Expr difference(Expr b, Expr a, Exprs e) {
        if (b instanceof Expr.Binary x && a instanceof Expr.Binary y && x.op() == y.op()) {
            boolean scales = x.op() == BinaryOp.DIVIDE || x.op() == BinaryOp.MULTIPLY;
            if (scales && x.right() == y.right()) {
                return e.binary(x.op(), difference(x.left(), y.left(), e), x.right());
            }
            if (x.op() == BinaryOp.MULTIPLY && x.left() == y.left()) {
                return e.binary(x.op(), x.left(), difference(x.right(), y.right(), e));
            }
        }
        return e.binary(BinaryOp.SUBTRACT, b, a);
    }

    private static Expr series(Expr u, Expr v, Exprs e) {
        double[][] coefficients = new double[OF_CHANGE][OF_WIDTH];
        double ofChange = 1;
        for (int i = 0; i < OF_CHANGE; i++) {
            double ofWidth = ofChange;
            for (int j = 0; j < OF_WIDTH; j++) {
                coefficients[i][j] = ofWidth / (2 * (i + j) + 1);
                ofWidth *= -0.5 / (j + 1);
            }
            ofChange /= (2 * i + 1) * (2 * i + 2);
        }
        Expr sum = OddSeries.horner(coefficients[OF_CHANGE - 1], u, e);
        for (int i = OF_CHANGE - 2; i >= 0; i--) {
            Expr rest = e.binary(BinaryOp.MULTIPLY, v, sum);
            sum = e.binary(BinaryOp.ADD, OddSeries.horner(coefficients[i], u, e), rest);
        }
        return sum;
    }

    /** On the left, where both tails are small and their logarithms apart. */
    private static Expr ofTails(Expr a, Expr b, Expr middle, Exprs e) {
        Expr isRight = e.compare(Comparison.GREATER, middle, e.constant(0.0));
        Expr high = e.select(isRight, negated(a, e), b);
        Expr low = e.select(isRight, negated(b, e), a);
        Expr bounded = e.binary(BinaryOp.MAX, low, e.binary(BinaryOp.SUBTRACT, high, e.constant(FAR)));
        Expr ofHigh = e.unary(UnaryOp.LOG_NORMAL_CDF, high);
        Expr gap = e.binary(BinaryOp.SUBTRACT, e.unary(UnaryOp.LOG_NORMAL_CDF, bounded), ofHigh);
        return e.binary(BinaryOp.ADD, ofHigh, e.unary(UnaryOp.LOG1M_EXP, gap));
    }

    private static Expr times(double c, Expr x, Exprs e) {
        return e.binary(BinaryOp.MULTIPLY, e.constant(c), x);
    }
}
