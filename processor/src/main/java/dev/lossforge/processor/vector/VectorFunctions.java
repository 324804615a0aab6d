package dev.lossforge.processor.vector;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * The functions of the vocabulary, each expanded into operations on registers. Special values are those of the scalar
 * code, but for the sign of a zero: the greater and smaller of 0 and −0, both variable, is the first, and the logarithm
 * of a logistic function that is 1 is 0. Graphs intern: functions of the same operand share what they have in common.
 *
 * <p>Operations, the divisions among them in brackets, and the error in ulp that the tests, on 10⁶ points each, allow:
 *
 * <pre>
 * exp         22      0.9     sin        17      1.8     sinh      27      2.9     floor      10      0
 * expm1       21      1.5     cos        18      1.8     cosh      25      2.6     ceil       12      0
 * log         31      0.8     tan        22 (1)  2.9     tanh      31 (1)  1.5     round       7      0
 * log1p       32      1.45    asin       18      2.4     asinh     47      2.4     sign        4      0
 * log1mExp    62      2.1     acos       23      1.2     acosh     37      2.4     nanOrZero   2      0
 * softplus    33      2.1     atan       19 (1)  2.0     atanh     39 (1)  2.2     max, min    4, or 2 with a constant
 * logSigmoid  34      2.1     atan2      32 (1)  2.1     logCosh   33      2.0     xdivy       5 (1)  0.5
 * sigmoid     25 (1)  2.5     hypot      17      1.2     erf       36      1.1     remainder  16 (1)  0
 *
 * pow         95, or 80 with a constant, or 46 for a further power of the same base; 1.2 for |y| ≤ 10, 5.5 for |y| ≤ 100
 * xlogy       36      1.8      logQuotient      46 (1)  2.2
 * xlog1py     37      2.3      relativeEntropy  50 (1)  2.9
 * lgamma      65 (1)  2.7      digamma          51 (1)  5e-7 of max(1, |ψ|)
 * trigamma    23 (1)  5.8      erfc             60 (1)  5.4
 * normalCdf   59 (1)  6        logNormalCdf     86 (1)  6.5
 * inverseMills 63 (2) 4.4      millsSlope       84 (2)  10.5
 * normalQuantile 65 (1) 4      logBesselI0      54 (1)  2.6
 * besselI1I0  33 (1)  2.2      digammaDifference 94 (3) 5.5
 *
 * expm1Rest   26      6       log1pRest  32      12      logRest   32      8
 *
 * lbeta             130 (4)  1.2e-6 of max(1, |v|), v the value
 * lgammaDifference  138 (3)  1.1e-6 of max(|y|, |v|), y what is added to the argument
 * </pre>
 *
 * <p>hypot takes 6 beside a constant of ordinary size.
 *
 * <p>Scalar code computes the call again where inputs are rare: |x| &gt; 2¹⁶ for sin, cos and tan, a quotient above 2²¹
 * for remainder, one that overflows or is subnormal for logQuotient and relativeEntropy, arguments that are not
 * positive or tiny for the gamma family, for its differences also huge ones and rises that are tiny but not 0, and for
 * hypot numbers that are both below 2⁻⁵⁰ but not 0, or one beyond 2⁶³.
 */
public final class VectorFunctions {

    private VectorFunctions() {}

    /** Whether {@link #unary} has this operation on operands of this kind. */
    public static boolean supports(UnaryOp op, VectorKind kind) {
        return switch (op) {
            case NEGATE, ABS -> kind != VectorKind.MASK;
            case TO_FLOAT -> kind == VectorKind.INT;
            case NOT -> kind == VectorKind.MASK;
            case STOP_GRADIENT -> true;
            case TETRAGAMMA, PENTAGAMMA, BESSEL_SLOPE, BESSEL_CURVATURE -> false;
            case SIGN,
                    SQUARE,
                    SQRT,
                    EXP,
                    EXPM1,
                    LOG,
                    LOG1P,
                    EXPM1_REST,
                    LOG1P_REST,
                    LOG_REST,
                    LOG1M_EXP,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    LOG_COSH,
                    ERF,
                    ERFC,
                    NORMAL_CDF,
                    LOG_NORMAL_CDF,
                    NORMAL_QUANTILE,
                    INVERSE_MILLS,
                    MILLS_SLOPE,
                    LGAMMA,
                    DIGAMMA,
                    TRIGAMMA,
                    LOG_BESSEL_I0,
                    BESSEL_I1_I0,
                    SIGMOID,
                    LOG_SIGMOID,
                    SOFTPLUS,
                    FLOOR,
                    CEIL,
                    ROUND,
                    NAN_OR_ZERO,
                    TO_INT -> kind == VectorKind.FLOAT;
        };
    }

    /** Whether {@link #binary} has this operation on operands of this kind. */
    public static boolean supports(BinaryOp op, VectorKind kind) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, MAX, MIN -> kind != VectorKind.MASK;
            case DIVIDE,
                    REMAINDER,
                    POW,
                    ATAN2,
                    HYPOT,
                    XLOGY,
                    XLOG1PY,
                    XDIVY,
                    LOG_QUOTIENT,
                    RELATIVE_ENTROPY,
                    LBETA,
                    LGAMMA_DIFFERENCE,
                    DIGAMMA_DIFFERENCE,
                    ROOT_OF_SQUARES -> kind == VectorKind.FLOAT;
            case TRIGAMMA_DIFFERENCE -> false;
            case AND, OR -> kind == VectorKind.MASK;
        };
    }

    public static VectorNode unary(VectorGraph g, UnaryOp op, VectorNode x) {
        boolean isInt = x.kind() == VectorKind.INT;
        return switch (op) {
            case NEGATE -> isInt ? g.operation(VectorOp.INT_SUBTRACT, g.constant(0), x) : g.negate(x);
            case ABS -> isInt ? new Rounding(g).intAbs(x) : g.abs(x);
            case SIGN -> new Rounding(g).signum(x);
            case SQUARE -> g.multiply(x, x);
            case SQRT -> g.sqrt(x);
            case EXP -> new Exponentials(g).exp(x);
            case EXPM1 -> new Exponentials(g).expm1(x);
            case LOG -> new Logarithms(g).log(x);
            case LOG1P -> new Logarithms(g).log1p(x);
            case EXPM1_REST -> new Exponentials(g).expm1Rest(x);
            case LOG1P_REST -> new Logarithms(g).log1pRest(x);
            case LOG_REST -> new Logarithms(g).logRest(x);
            case LOG1M_EXP -> new Logarithms(g).log1mExp(x);
            case SIN -> new Trigonometry(g).sin(x);
            case COS -> new Trigonometry(g).cos(x);
            case TAN -> new Trigonometry(g).tan(x);
            case ASIN -> new Trigonometry(g).asin(x);
            case ACOS -> new Trigonometry(g).acos(x);
            case ATAN -> new Trigonometry(g).atan(x);
            case SINH -> new Exponentials(g).sinh(x);
            case COSH -> new Exponentials(g).cosh(x);
            case ASINH -> new Hyperbolics(g).asinh(x);
            case ACOSH -> new Hyperbolics(g).acosh(x);
            case ATANH -> new Hyperbolics(g).atanh(x);
            case TANH -> new Exponentials(g).tanh(x);
            case ERF -> new ErrorFunctions(g).erf(x);
            case ERFC -> new ErrorFunctions(g).erfc(x);
            case NORMAL_CDF -> new NormalExpansions(g).cdf(x);
            case LOG_NORMAL_CDF -> new NormalExpansions(g).logCdf(x);
            case NORMAL_QUANTILE -> new NormalExpansions(g).quantile(x);
            case INVERSE_MILLS -> new NormalExpansions(g).inverseMills(x);
            case MILLS_SLOPE -> new NormalExpansions(g).millsSlope(x);
            case LGAMMA -> new GammaExpansions(g).lgamma(x);
            case DIGAMMA -> new GammaExpansions(g).digamma(x);
            case TRIGAMMA -> new GammaExpansions(g).trigamma(x);
            case LOG_BESSEL_I0 -> new BesselExpansions(g).logI0(x);
            case BESSEL_I1_I0 -> new BesselExpansions(g).ratio(x);
            case LOG_COSH -> new Exponentials(g).logCosh(x);
            case SIGMOID -> new Exponentials(g).sigmoid(x);
            case LOG_SIGMOID -> new Exponentials(g).logSigmoid(x);
            case SOFTPLUS -> new Exponentials(g).softplus(x);
            case FLOOR -> new Rounding(g).floor(x);
            case CEIL -> new Rounding(g).ceil(x);
            case ROUND -> new Rounding(g).round(x);
            case NAN_OR_ZERO -> new Rounding(g).nanOrZero(x);
            case STOP_GRADIENT -> x;
            case TETRAGAMMA, PENTAGAMMA, BESSEL_SLOPE, BESSEL_CURVATURE ->
                throw new IllegalArgumentException(op + " has no vector form");
            case TO_FLOAT -> g.operation(VectorOp.TO_FLOAT, x);
            case TO_INT -> g.operation(VectorOp.TO_INT, x);
            case NOT -> g.not(x);
        };
    }

    public static VectorNode binary(VectorGraph g, BinaryOp op, VectorNode x, VectorNode y) {
        boolean isInt = x.kind() == VectorKind.INT;
        return switch (op) {
            case ADD -> g.operation(isInt ? VectorOp.INT_ADD : VectorOp.ADD, x, y);
            case SUBTRACT -> g.operation(isInt ? VectorOp.INT_SUBTRACT : VectorOp.SUBTRACT, x, y);
            case MULTIPLY -> g.operation(isInt ? VectorOp.INT_MULTIPLY : VectorOp.MULTIPLY, x, y);
            case DIVIDE -> g.divide(x, y);
            case MAX -> isInt ? new Rounding(g).intMax(x, y) : new Rounding(g).max(x, y);
            case MIN -> isInt ? new Rounding(g).intMin(x, y) : new Rounding(g).min(x, y);
            case REMAINDER -> new Rounding(g).remainder(x, y);
            case POW -> new Powers(g).pow(x, y);
            case HYPOT -> new Powers(g).hypot(x, y);
            case ROOT_OF_SQUARES -> new Powers(g).rootOfSquares(x, y);
            case LOG_QUOTIENT -> new Logarithms(g).logQuotient(x, y);
            case RELATIVE_ENTROPY -> new Logarithms(g).relativeEntropy(x, y);
            case ATAN2 -> new Trigonometry(g).atan2(x, y);
            case XLOGY -> new Logarithms(g).xlogy(x, y);
            case XLOG1PY -> new Logarithms(g).xlog1py(x, y);
            case XDIVY -> new Rounding(g).xdivy(x, y);
            case LBETA -> new GammaDifferences(g).lbeta(x, y);
            case LGAMMA_DIFFERENCE -> new GammaDifferences(g).lgamma(x, y);
            case DIGAMMA_DIFFERENCE -> new GammaDifferences(g).digamma(x, y);
            case TRIGAMMA_DIFFERENCE -> throw new IllegalArgumentException(op + " has no vector form");
            case AND -> g.and(x, y);
            case OR -> g.or(x, y);
        };
    }

    /** Whether {@link #power} has this exponent. */
    public static boolean supportsPower(double exponent) {
        return Powers.isSimple(exponent);
    }

    /** xʸ for a constant exponent that has a body of its own: 0, ½, 1, 3⁄2, 2, 3, 4, −½, −1 and −2. */
    public static VectorNode power(VectorGraph g, VectorNode x, double exponent) {
        return new Powers(g).simple(x, exponent);
    }
}
