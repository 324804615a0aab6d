package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.Patterns.binary;
import static dev.lossforge.processor.rewrite.Patterns.negated;
import static dev.lossforge.processor.rewrite.Patterns.operand;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import dev.lossforge.processor.rewrite.WeightedExponentials.Scaled;
import org.jspecify.annotations.Nullable;

/**
 * Differences of two exponentials, by whatever name, as {@code e^m} times a number between −1 and 1 that has their sign
 * and all their digits.
 */
final class Differences {

    private Differences() {}

    static @Nullable Scaled of(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Unary u ->
                switch (u.op()) {
                    case EXPM1 -> difference(u.operand(), e.constant(0.0), e);
                    case SINH -> halved(difference(u.operand(), negated(u.operand(), e), e), e);
                    case COSH -> new Scaled(e.unary(UnaryOp.LOG_COSH, u.operand()), e.constant(1.0));
                    default -> null;
                };
            case Expr.Binary b when b.op() == BinaryOp.SUBTRACT -> ofTwo(b, e);
            default -> null;
        };
    }

    private static @Nullable Scaled ofTwo(Expr.Binary node, Exprs e) {
        Expr x = operand(UnaryOp.EXP, node.left());
        Expr y = operand(UnaryOp.EXP, node.right());
        if (x != null && y != null) {
            return isShifted(x) || isShifted(y) ? null : difference(x, y, e);
        }
        Expr a = operand(UnaryOp.SIGMOID, node.left());
        Expr b = operand(UnaryOp.SIGMOID, node.right());
        return a == null || b == null ? ofTangents(node, e) : ofSigmoids(a, b, e);
    }

    /** {@code tanh x = 2·σ(2x) − 1}. */
    private static @Nullable Scaled ofTangents(Expr.Binary node, Exprs e) {
        Expr x = operand(UnaryOp.TANH, node.left());
        Expr y = operand(UnaryOp.TANH, node.right());
        if (x == null || y == null) {
            return null;
        }
        Expr two = e.constant(2.0);
        Scaled half = ofSigmoids(e.binary(BinaryOp.MULTIPLY, two, x), e.binary(BinaryOp.MULTIPLY, two, y), e);
        return new Scaled(half.shift(), e.binary(BinaryOp.MULTIPLY, two, half.rest()));
    }

    private static boolean isShifted(Expr exponent) {
        Expr.Binary difference = binary(BinaryOp.SUBTRACT, exponent);
        return difference != null && operand(UnaryOp.STOP_GRADIENT, difference.right()) != null;
    }

    private static Scaled difference(Expr x, Expr y, Exprs e) {
        Expr isPositive = e.compare(Comparison.GREATER, x, y);
        Expr above = e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.EXPM1, e.binary(BinaryOp.SUBTRACT, y, x)));
        Expr below = e.unary(UnaryOp.EXPM1, e.binary(BinaryOp.SUBTRACT, x, y));
        return new Scaled(e.select(isPositive, x, y), e.select(isPositive, above, below));
    }

    private static Scaled halved(Scaled twice, Exprs e) {
        return new Scaled(twice.shift(), e.binary(BinaryOp.MULTIPLY, e.constant(0.5), twice.rest()));
    }

    /** {@code σ(x) − σ(y) = (eˣ − eʸ) / ((1 + eˣ)·(1 + eʸ))}. */
    private static Scaled ofSigmoids(Expr x, Expr y, Exprs e) {
        Scaled powers = difference(x, y, e);
        Expr divisors = e.binary(BinaryOp.ADD, e.unary(UnaryOp.SOFTPLUS, x), e.unary(UnaryOp.SOFTPLUS, y));
        return new Scaled(e.binary(BinaryOp.SUBTRACT, powers.shift(), divisors), powers.rest());
    }
}
