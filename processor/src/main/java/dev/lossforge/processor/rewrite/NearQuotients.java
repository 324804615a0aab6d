package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;

/** Quotients that are nearly 1: what tells their two sides apart is their difference. */
final class NearQuotients {

    private NearQuotients() {}

    /** {@code (x − y) / y} where these are near; the bound tells the analysis of ranges. */
    static Expr excess(Expr x, Expr y, Exprs e) {
        return excessBy(e.binary(BinaryOp.SUBTRACT, x, y), y, e);
    }

    /** The same by the difference of x and y. */
    static Expr excessBy(Expr difference, Expr y, Exprs e) {
        return e.binary(BinaryOp.MAX, e.binary(BinaryOp.DIVIDE, difference, y), e.constant(-0.5));
    }

    static Expr areNear(Expr x, Expr y, Exprs e) {
        Expr half = e.binary(BinaryOp.MULTIPLY, e.constant(0.5), e.unary(UnaryOp.ABS, y));
        return e.compare(Comparison.LESS, e.unary(UnaryOp.ABS, e.binary(BinaryOp.SUBTRACT, x, y)), half);
    }

    /** {@code log(x / y)} with all its digits. */
    static Expr log(Expr x, Expr y, Exprs e) {
        return e.select(
                areNear(x, y, e), e.unary(UnaryOp.LOG1P, excess(x, y, e)), e.binary(BinaryOp.LOG_QUOTIENT, x, y));
    }
}
