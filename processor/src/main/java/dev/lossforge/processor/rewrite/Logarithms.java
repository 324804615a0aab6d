package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;
import org.jspecify.annotations.Nullable;

/**
 * Logarithms of values that cannot be negative by the way they are built from exponentials, written without these:
 * {@code a·eˣ + Σ eʸ} overflows where its logarithm does not.
 */
final class Logarithms {

    private Logarithms() {}

    /** The logarithm of a value with an exponential or a product of many in it, or null. */
    static @Nullable Expr ofExponential(@Nullable Expr node, Exprs e) {
        return node != null && Patterns.isShort(node) && isExponential(node) ? of(node, e) : null;
    }

    private static boolean isExponential(Expr node) {
        return switch (node) {
            case Expr.Unary u ->
                switch (u.op()) {
                    case EXP, SIGMOID -> true;
                    case SQRT, SQUARE -> isExponential(u.operand());
                    default -> false;
                };
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD -> !isModest(b) && (isExponential(b.left()) || isExponential(b.right()));
                    case MULTIPLY, DIVIDE -> isExponential(b.left()) || isExponential(b.right());
                    case POW -> isExponential(b.left());
                    default -> false;
                };
            case Expr.Select s -> isExponential(s.whenTrue()) || isExponential(s.whenFalse());
            case Expr.Reduce r -> r.op() == ReduceOp.PRODUCT || r.op() == ReduceOp.SUM && isExponential(r.body());
            default -> false;
        };
    }

    /** Whether a sum neither overflows nor vanishes: of a positive constant and of what grows no further than σ. */
    private static boolean isModest(Expr.Binary sum) {
        return isPositive(sum.left()) && isBounded(sum.right()) || isPositive(sum.right()) && isBounded(sum.left());
    }

    private static boolean isPositive(Expr node) {
        return node instanceof Expr.Constant c && c.value() > 0 && Patterns.isOrdinary(c);
    }

    private static boolean isBounded(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Math.abs(c.value()) <= 1e6;
            case Expr.Unary u -> u.op() == UnaryOp.SIGMOID || u.op() == UnaryOp.SQUARE && isBounded(u.operand());
            case Expr.Binary b ->
                (b.op() == BinaryOp.ADD || b.op() == BinaryOp.MULTIPLY) && isBounded(b.left()) && isBounded(b.right());
            case Expr.Select s -> isBounded(s.whenTrue()) && isBounded(s.whenFalse());
            case Expr.Reduce r -> r.op() == ReduceOp.SUM && isBounded(r.body());
            default -> false;
        };
    }

    /** The logarithm of a value that is known not to be negative, or null. */
    private static @Nullable Expr of(Expr node, Exprs e) {
        return switch (node) {
            case Expr.Constant c -> c.value() >= 0 ? e.constant(Math.log(c.value())) : null;
            case Expr.Load l -> l.input().min() >= 0 && !l.input().differentiated() ? e.unary(UnaryOp.LOG, l) : null;
            case Expr.Unary u -> unary(u, e);
            case Expr.Binary b -> binary(b, e);
            case Expr.Select s -> {
                Expr whenTrue = of(s.whenTrue(), e);
                Expr whenFalse = of(s.whenFalse(), e);
                yield whenTrue == null || whenFalse == null ? null : e.select(s.condition(), whenTrue, whenFalse);
            }
            case Expr.Reduce r -> reduce(r, e);
            default -> null;
        };
    }

    private static @Nullable Expr unary(Expr.Unary node, Exprs e) {
        Expr x = node.operand();
        return switch (node.op()) {
            case EXP -> x;
            case SIGMOID -> e.unary(UnaryOp.NEGATE, e.unary(UnaryOp.SOFTPLUS, Patterns.negated(x, e)));
            case SQRT -> scaled(0.5, of(x, e), e);
            case SQUARE -> scaled(2, of(x, e), e);
            case TO_FLOAT -> x instanceof Expr.Extent ? e.unary(UnaryOp.LOG, node) : null;
            default -> null;
        };
    }

    private static @Nullable Expr scaled(double factor, @Nullable Expr log, Exprs e) {
        return log == null ? null : e.binary(BinaryOp.MULTIPLY, e.constant(factor), log);
    }

    private static @Nullable Expr binary(Expr.Binary node, Exprs e) {
        Expr x = of(node.left(), e);
        if (node.op() == BinaryOp.POW) {
            return x == null ? null : e.binary(BinaryOp.MULTIPLY, node.right(), x);
        }
        Expr y = of(node.right(), e);
        if (x == null || y == null) {
            return null;
        }
        return switch (node.op()) {
            case MULTIPLY -> e.binary(BinaryOp.ADD, x, y);
            case DIVIDE -> e.binary(BinaryOp.SUBTRACT, x, y);
            case ADD -> sum(x, y, e);
            default -> null;
        };
    }

    /** {@code log(eˣ + eʸ)}. */
    private static Expr sum(Expr x, Expr y, Exprs e) {
        if (Patterns.isConstant(x, 0)) {
            return e.unary(UnaryOp.SOFTPLUS, y);
        }
        if (Patterns.isConstant(y, 0)) {
            return e.unary(UnaryOp.SOFTPLUS, x);
        }
        if (Opposites.are(x, y)) {
            return e.binary(BinaryOp.ADD, e.constant(Math.log(2)), e.unary(UnaryOp.LOG_COSH, x));
        }
        return logSumExp(x, y, e);
    }

    /** {@code log(eˣ + eʸ)} as a reduction over two. */
    static Expr logSumExp(Expr x, Expr y, Exprs e) {
        return e.reduce(
                ReduceOp.LOG_SUM_EXP,
                e.constant(2),
                i -> e.select(e.compare(Comparison.EQUAL, i, e.constant(0)), x, y));
    }

    private static @Nullable Expr reduce(Expr.Reduce node, Exprs e) {
        boolean declared = node.op() == ReduceOp.PRODUCT
                && node.body() instanceof Expr.Load l
                && l.input().min() >= 0;
        Expr body = declared ? e.unary(UnaryOp.LOG, node.body()) : of(node.body(), e);
        if (body == null) {
            return null;
        }
        return switch (node.op()) {
            case SUM -> e.reduce(ReduceOp.LOG_SUM_EXP, node.index(), body);
            case PRODUCT -> e.reduce(ReduceOp.SUM, node.index(), body);
            default -> null;
        };
    }
}
