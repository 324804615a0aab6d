package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;

/** {@code log I₀(x) − x} where x is large: all that is left is small beside either. */
final class BesselSeries {

    /** From here on the expansion is that of float32, also when differentiated. */
    private static final double MIN = 12;

    /** The logarithm of DLMF 10.40.1 by {@code 1/x}, from the first power on. */
    private static final double[] COEFFICIENTS = {
        0.125,
        0.0625,
        0.065104166666666667,
        0.1015625,
        0.2095703125,
        0.53645833333333333,
        1.6380658830915179,
        5.809814453125
    };

    private BesselSeries() {}

    static Expr isFar(Expr x, Exprs e) {
        return e.compare(Comparison.GREATER, x, e.constant(MIN));
    }

    static Expr rest(Expr x, Exprs e) {
        Expr root = e.binary(
                BinaryOp.MULTIPLY,
                e.constant(-0.5),
                e.unary(UnaryOp.LOG, e.binary(BinaryOp.MULTIPLY, e.constant(2 * Math.PI), x)));
        Expr inverse = e.binary(BinaryOp.DIVIDE, e.constant(1.0), x);
        Expr series = e.binary(BinaryOp.MULTIPLY, inverse, OddSeries.horner(COEFFICIENTS, inverse, e));
        return e.binary(BinaryOp.ADD, root, series);
    }
}
