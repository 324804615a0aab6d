package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.function.UnaryOperator;

/**
 * Arithmetic on cotangents, which keeps masks outermost.
 *
 * <p>A branch that is not taken has cotangent 0, also where its derivative is infinite or NaN: what multiplies a masked
 * cotangent {@code c ? a : 0} must multiply {@code a} inside the mask, since {@code 0 · ∞} is NaN.
 */
final class Cotangents {

    private final Exprs exprs;

    Cotangents(Exprs exprs) {
        this.exprs = exprs;
    }

    Expr constant(double value) {
        return exprs.constant(value);
    }

    /** {@code ct · factor}. */
    Expr times(Expr ct, Expr factor) {
        if (isMasked(factor)) {
            return through(factor, f -> times(ct, f));
        }
        return through(ct, c -> product(c, factor));
    }

    Expr times(Expr ct, double factor) {
        return times(ct, constant(factor));
    }

    /** {@code ct / divisor}. */
    Expr over(Expr ct, Expr divisor) {
        return through(ct, c -> exprs.binary(BinaryOp.DIVIDE, c, divisor));
    }

    Expr negate(Expr ct) {
        return through(ct, c -> exprs.unary(UnaryOp.NEGATE, c));
    }

    /** {@code ct} where the condition holds, 0 elsewhere. */
    Expr where(Expr condition, Expr ct) {
        return exprs.select(condition, ct, constant(0));
    }

    Expr whereNot(Expr condition, Expr ct) {
        return exprs.select(condition, constant(0), ct);
    }

    /** {@code ct} where the condition holds; elsewhere 0, or NaN if {@code witness} is NaN. */
    Expr whereElseNan(Expr condition, Expr ct, Expr witness) {
        return exprs.select(condition, ct, exprs.unary(UnaryOp.NAN_OR_ZERO, witness));
    }

    /** The sum of two cotangents of one node. Complementary masks of one condition become one select. */
    Expr plus(Expr a, Expr b) {
        if (isZero(a)) {
            return b;
        }
        if (isZero(b)) {
            return a;
        }
        if (a instanceof Expr.Select x && b instanceof Expr.Select y && x.condition() == y.condition()) {
            if (isZero(x.whenFalse()) && isZero(y.whenTrue())) {
                return exprs.select(x.condition(), x.whenTrue(), y.whenFalse());
            }
            if (isZero(x.whenTrue()) && isZero(y.whenFalse())) {
                return exprs.select(x.condition(), y.whenTrue(), x.whenFalse());
            }
        }
        return exprs.binary(BinaryOp.ADD, a, b);
    }

    Expr compare(Comparison op, Expr left, Expr right) {
        return exprs.compare(op, left, right);
    }

    /** Applies a linear map inside the masks. */
    private Expr through(Expr ct, UnaryOperator<Expr> linear) {
        if (isZeroOrNan(ct)) {
            return ct;
        }
        if (ct instanceof Expr.Select s && isMasked(s)) {
            return exprs.select(s.condition(), through(s.whenTrue(), linear), through(s.whenFalse(), linear));
        }
        if (isSumOfMasks(ct)) {
            return exprs.select(isLive(ct), linear.apply(ct), exprs.unary(UnaryOp.NAN_OR_ZERO, ct));
        }
        return linear.apply(ct);
    }

    /** Whether both terms may be masked, each by its own condition, so that neither select is outermost. */
    private static boolean isSumOfMasks(Expr node) {
        return node instanceof Expr.Binary b
                && b.op() == BinaryOp.ADD
                && (isMask(b.left()) || isSumOfMasks(b.left()))
                && (isMask(b.right()) || isSumOfMasks(b.right()));
    }

    /** The condition under which a part of the cotangent is not masked. */
    private Expr isLive(Expr ct) {
        if (isZeroOrNan(ct)) {
            return exprs.constant(false);
        }
        if (ct instanceof Expr.Select s && isMasked(s)) {
            Expr whenTrue = exprs.binary(BinaryOp.AND, s.condition(), isLive(s.whenTrue()));
            Expr negated = exprs.unary(UnaryOp.NOT, s.condition());
            return exprs.binary(BinaryOp.OR, whenTrue, exprs.binary(BinaryOp.AND, negated, isLive(s.whenFalse())));
        }
        return isSumOfMasks(ct) && ct instanceof Expr.Binary b
                ? exprs.binary(BinaryOp.OR, isLive(b.left()), isLive(b.right()))
                : exprs.constant(true);
    }

    private Expr product(Expr ct, Expr factor) {
        if (ct instanceof Expr.Constant c && c.value() == 1) {
            return factor;
        }
        if (factor instanceof Expr.Constant f && f.value() == 1) {
            return ct;
        }
        return exprs.binary(BinaryOp.MULTIPLY, ct, factor);
    }

    private static boolean isMasked(Expr node) {
        return node instanceof Expr.Select s && (isMask(s.whenTrue()) || isMask(s.whenFalse()));
    }

    private static boolean isMask(Expr node) {
        return isZeroOrNan(node) || isMasked(node);
    }

    private static boolean isZeroOrNan(Expr node) {
        return isZero(node) || node instanceof Expr.Unary u && u.op() == UnaryOp.NAN_OR_ZERO;
    }

    static boolean isZero(Expr node) {
        return node instanceof Expr.Constant c && c.value() == 0;
    }
}
