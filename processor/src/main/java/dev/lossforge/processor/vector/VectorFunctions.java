package dev.lossforge.processor.vector;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * The functions of the vocabulary, each expanded into operations on registers. Special values are those of the scalar
 * code. Where a function declares inputs as rare, it is computed again by scalar code for them.
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
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH, ERF, LGAMMA, DIGAMMA, TRIGAMMA ->
                false;
            case SIGN,
                    SQUARE,
                    SQRT,
                    EXP,
                    EXPM1,
                    LOG,
                    LOG1P,
                    LOG1M_EXP,
                    TANH,
                    LOG_COSH,
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
            case DIVIDE, XLOGY, XLOG1PY, XDIVY -> kind == VectorKind.FLOAT;
            case REMAINDER, POW, ATAN2, HYPOT, LOG_QUOTIENT, RELATIVE_ENTROPY -> false;
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
            case LOG1M_EXP -> new Logarithms(g).log1mExp(x);
            case TANH -> new Exponentials(g).tanh(x);
            case LOG_COSH -> new Exponentials(g).logCosh(x);
            case SIGMOID -> new Exponentials(g).sigmoid(x);
            case LOG_SIGMOID -> new Exponentials(g).logSigmoid(x);
            case SOFTPLUS -> new Exponentials(g).softplus(x);
            case FLOOR -> new Rounding(g).floor(x);
            case CEIL -> new Rounding(g).ceil(x);
            case ROUND -> new Rounding(g).round(x);
            case NAN_OR_ZERO -> new Rounding(g).nanOrZero(x);
            case STOP_GRADIENT -> x;
            case TO_FLOAT -> g.operation(VectorOp.TO_FLOAT, x);
            case TO_INT -> g.operation(VectorOp.TO_INT, x);
            case NOT -> g.not(x);
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH, ERF, LGAMMA, DIGAMMA, TRIGAMMA ->
                throw new IllegalArgumentException(op + " of " + x.kind());
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
            case XLOGY -> new Logarithms(g).xlogy(x, y);
            case XLOG1PY -> new Logarithms(g).xlog1py(x, y);
            case XDIVY -> new Rounding(g).xdivy(x, y);
            case AND -> g.and(x, y);
            case OR -> g.or(x, y);
            case REMAINDER, POW, ATAN2, HYPOT, LOG_QUOTIENT, RELATIVE_ENTROPY ->
                throw new IllegalArgumentException(op + " of " + x.kind());
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
