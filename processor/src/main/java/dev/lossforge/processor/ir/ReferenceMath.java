package dev.lossforge.processor.ir;

import java.util.Arrays;

/**
 * What each operation means, in double precision. Special functions follow their defining series or asymptotic
 * expansions (NIST DLMF 5.11, 5.15, 7.6) to about 1e-14 relative.
 */
public final class ReferenceMath {

    private static final double LOG_2 = Math.log(2);

    private ReferenceMath() {}

    public static double apply(UnaryOp op, double x) {
        return switch (op) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case EXPM1_REST -> TaylorRests.expm1(x);
            case LOG1P_REST -> TaylorRests.log1p(x);
            case LOG_REST -> TaylorRests.log(x);
            case LOG1M_EXP -> x > -LOG_2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case TANH -> Math.tanh(x);
            case ASINH -> asinh(x);
            case ACOSH -> acosh(x);
            case ATANH -> 0.5 * (Math.log1p(x) - Math.log1p(-x));
            case LOG_COSH -> logCosh(Math.abs(x));
            case SIGMOID -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
            case LOG_SIGMOID -> -softplus(-x);
            case SOFTPLUS -> softplus(x);
            case ERF -> erf(x);
            case ERFC -> NormalFunctions.erfc(x);
            case NORMAL_CDF -> NormalFunctions.normalCdf(x);
            case LOG_NORMAL_CDF -> NormalFunctions.logNormalCdf(x);
            case NORMAL_QUANTILE -> NormalFunctions.normalQuantile(x);
            case INVERSE_MILLS -> NormalFunctions.inverseMills(x);
            case MILLS_SLOPE -> NormalFunctions.millsSlope(x);
            case LGAMMA -> GammaFunctions.lgamma(x);
            case DIGAMMA -> GammaFunctions.digamma(x);
            case TRIGAMMA -> GammaFunctions.trigamma(x);
            case TETRAGAMMA -> PolygammaFunctions.tetragamma(x);
            case PENTAGAMMA -> PolygammaFunctions.pentagamma(x);
            case LOG_BESSEL_I0 -> BesselFunctions.logI0(x);
            case BESSEL_I1_I0 -> BesselFunctions.ratio(x);
            case BESSEL_SLOPE -> BesselFunctions.slope(x);
            case BESSEL_CURVATURE -> BesselFunctions.curvature(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case NAN_OR_ZERO -> Double.isNaN(x) ? x : 0;
            case STOP_GRADIENT, TO_FLOAT -> x;
            case TO_INT -> (int) x;
            case NOT -> x == 0 ? 1 : 0;
        };
    }

    /** An int divided by 0 is 0, because the quotient may be evaluated even if a condition excludes this case. */
    public static double apply(BinaryOp op, Type type, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> type != Type.INT ? x / y : y == 0 ? 0 : towardsZero(x / y);
            case REMAINDER -> type == Type.INT && y == 0 ? 0 : x % y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
            case POW -> Math.pow(x, y);
            case ATAN2 -> Math.atan2(x, y);
            case HYPOT -> Math.hypot(x, y);
            case XLOGY -> x == 0 && y >= 0 ? 0 : x * Math.log(y);
            case XLOG1PY -> x == 0 && y >= -1 ? 0 : x * Math.log1p(y);
            case XDIVY -> x == 0 && !Double.isNaN(y) ? 0 : x / y;
            case LOG_QUOTIENT -> logQuotient(x, y);
            case LBETA -> GammaFunctions.lbeta(x, y);
            case LGAMMA_DIFFERENCE -> GammaFunctions.lgammaDifference(x, y);
            case DIGAMMA_DIFFERENCE -> GammaFunctions.digammaDifference(x, y);
            case TRIGAMMA_DIFFERENCE -> GammaFunctions.trigammaDifference(x, y);
            case ROOT_OF_SQUARES -> Math.sqrt(x);
            case RELATIVE_ENTROPY -> x == 0 && !Double.isNaN(y) ? 0 : x * logQuotient(x, y);
            case AND -> x != 0 && y != 0 ? 1 : 0;
            case OR -> x != 0 || y != 0 ? 1 : 0;
        };
    }

    public static double reduce(ReduceOp op, double[] values) {
        return switch (op) {
            case SUM -> sum(values);
            case PRODUCT -> Arrays.stream(values).reduce(1, (x, y) -> x * y);
            case MAX -> Arrays.stream(values).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case MIN -> Arrays.stream(values).reduce(Double.POSITIVE_INFINITY, Math::min);
            case LOG_SUM_EXP -> reduce(ReduceOp.MAX, values) + logSumExpExcess(values);
            case LOG_SUM_EXP_EXCESS -> logSumExpExcess(values);
            case NORM -> norm(values);
            case ARG_MAX -> argMax(values);
            case ARG_MIN -> argMax(Arrays.stream(values).map(x -> -x).toArray());
        };
    }

    private static double towardsZero(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** {@code log(x / y)}, even if the quotient overflows or vanishes. */
    private static double logQuotient(double x, double y) {
        double quotient = x / y;
        boolean exact = quotient >= Double.MIN_NORMAL && quotient <= Double.MAX_VALUE;
        return exact || x * Math.signum(y) <= 0 || !Double.isFinite(x) || !Double.isFinite(y) || y == 0
                ? Math.log(quotient)
                : Math.log(Math.abs(x)) - Math.log(Math.abs(y));
    }

    private static double norm(double[] values) {
        double greatest = Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
        return greatest == 0 || !Double.isFinite(greatest)
                ? greatest
                : greatest
                        * Math.sqrt(sum(Arrays.stream(values)
                                .map(x -> x / greatest * (x / greatest))
                                .toArray()));
    }

    private static double logSumExpExcess(double[] values) {
        double max = reduce(ReduceOp.MAX, values);
        return Double.isInfinite(max)
                ? 0
                : Math.log(sum(Arrays.stream(values).map(x -> Math.exp(x - max)).toArray()));
    }

    private static int argMax(double[] values) {
        int best = values.length == 0 ? -1 : 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best] || Double.isNaN(values[i]) && !Double.isNaN(values[best])) {
                best = i;
            }
        }
        return best;
    }

    private static double logCosh(double x) {
        double square = x * x;
        return x < 1e-3
                ? square / 2 - square * square / 12 + square * square * square / 45
                : x + Math.log1p(Math.exp(-2 * x)) - LOG_2;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        double magnitude = a > 1e8 ? Math.log(a) + LOG_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(magnitude, x);
    }

    private static double acosh(double x) {
        return x > 1e8 ? Math.log(x) + LOG_2 : Math.log1p(x - 1 + Math.sqrt(x - 1) * Math.sqrt(x + 1));
    }

    /** {@code 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!}, DLMF 7.6.2: all terms have the sign of x. */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
