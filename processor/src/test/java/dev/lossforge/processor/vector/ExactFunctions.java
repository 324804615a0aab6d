package dev.lossforge.processor.vector;

import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.UnaryOp;

/** The reference in double precision, with series where its formulas cancel. */
final class ExactFunctions {
    private static final double EULER = 0.5772156649015329;
    private static final double[] ZETA = {1.6449340668482264, 1.2020569031595942, 1.0823232337111382};

    private ExactFunctions() {}

    static double apply(UnaryOp op, double x) {
        if (op == UnaryOp.LOG_COSH && Math.abs(x) < 0.02) {
            double square = x * x;
            return square * (0.5 - square * (1 / 12.0 - square * (1 / 45.0 - square * 17 / 2520)));
        }
        if (op == UnaryOp.LGAMMA && Math.abs(x - 1) < 1e-3) {
            return besideOne(x - 1);
        }
        if (op == UnaryOp.LGAMMA && Math.abs(x - 2) < 1e-3) {
            return besideOne(x - 2) + Math.log1p(x - 2);
        }
        if (op == UnaryOp.ACOSH && x < 1) {
            return Double.NaN;
        }
        return ReferenceMath.apply(op, x);
    }

    /** The quantile of a share, from one near it. */
    static double quantile(double share, double near) {
        if (share > 0.5) {
            return -quantile(1 - share, -near);
        }
        double excess = Math.log(share) - ReferenceMath.apply(UnaryOp.LOG_NORMAL_CDF, near);
        return near + excess / ReferenceMath.apply(UnaryOp.INVERSE_MILLS, near);
    }

    /** {@code lgamma(1 + t)}, DLMF 5.7.3. */
    private static double besideOne(double t) {
        return t * (-EULER + t * (ZETA[0] / 2 - t * (ZETA[1] / 3 - t * ZETA[2] / 4)));
    }
}
