package dev.lossforge.processor.emit.device;

import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * The code of operations in a kernel for TornadoVM. Operations that the device's compiler lacks or miscompiles become
 * calls of {@code DeviceMath}, which are inlined. Constants are never NaN, because TornadoVM cannot compile NaN
 * constants.
 */
final class DeviceOperations {
    private DeviceOperations() {}

    static Term unary(UnaryOp op, Term x) {
        return switch (op) {
            case NEGATE, NOT, TO_FLOAT, STOP_GRADIENT -> Operations.unary(op, x);
            case ABS,
                    SIGN,
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
                    SIGMOID,
                    LOG_SIGMOID,
                    SOFTPLUS,
                    ERF,
                    FLOOR,
                    CEIL,
                    ROUND,
                    NAN_OR_ZERO,
                    TO_INT -> Term.atom("$T.$L($L)", DeviceTypes.MATH, OperationNames.of(op), x);
            case ERFC, NORMAL_CDF, LOG_NORMAL_CDF, NORMAL_QUANTILE, INVERSE_MILLS, MILLS_SLOPE ->
                Term.atom("$T.$L($L)", DeviceTypes.NORMAL, OperationNames.of(op), x);
            case LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA ->
                Term.atom("$T.$L($L)", DeviceTypes.GAMMA, OperationNames.of(op), x);
            case LOG_BESSEL_I0, BESSEL_I1_I0, BESSEL_SLOPE, BESSEL_CURVATURE ->
                Term.atom("$T.$L($L)", DeviceTypes.BESSEL, OperationNames.of(op), x);
        };
    }

    static Term binary(BinaryOp op, Type type, Term x, Term y) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY -> Operations.binary(op, x, y);
            case AND -> both("&", x, y);
            case OR -> both("|", x, y);
            case DIVIDE -> type == Type.INT ? call(op, x, y) : Term.infix(x, "/", y, Strength.PRODUCT);
            case REMAINDER, MAX, MIN, POW, ATAN2, HYPOT, XLOGY, XLOG1PY, XDIVY, LOG_QUOTIENT, RELATIVE_ENTROPY ->
                call(op, x, y);
            case ROOT_OF_SQUARES -> throw new IllegalArgumentException("not for devices: " + op);
            case LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE ->
                Term.atom("$T.$L($L, $L)", DeviceTypes.GAMMA, OperationNames.of(op), x, y);
        };
    }

    /** The number of calls of functions of many operations in an expression. */
    static int longFunctions(Expr node) {
        boolean isLong = switch (node) {
            case Expr.Unary u -> isLong(u.op());
            case Expr.Binary b -> isLong(b.op());
            default -> false;
        };
        return (isLong ? 1 : 0)
                + Exprs.operands(node).stream()
                        .mapToInt(DeviceOperations::longFunctions)
                        .sum();
    }

    private static boolean isLong(UnaryOp op) {
        return switch (op) {
            case ERFC, NORMAL_CDF, LOG_NORMAL_CDF, NORMAL_QUANTILE, INVERSE_MILLS, MILLS_SLOPE -> true;
            case LGAMMA, DIGAMMA, TRIGAMMA, TETRAGAMMA, PENTAGAMMA -> true;
            case LOG_BESSEL_I0, BESSEL_I1_I0, BESSEL_SLOPE, BESSEL_CURVATURE -> true;
            default -> false;
        };
    }

    private static boolean isLong(BinaryOp op) {
        return switch (op) {
            case LBETA, LGAMMA_DIFFERENCE, DIGAMMA_DIFFERENCE, TRIGAMMA_DIFFERENCE -> true;
            default -> false;
        };
    }

    /** A comparison. TornadoVM compiles {@code x <= y} to the negation of {@code y < x}, which is true for NaN. */
    static Term compare(Comparison op, Type type, Term x, Term y) {
        if (type != Type.FLOAT) {
            return Operations.compare(op, x, y);
        }
        return switch (op) {
            case LESS, GREATER, EQUAL -> Operations.compare(op, x, y);
            case NOT_EQUAL ->
                x.toString().equals(y.toString())
                        ? Term.atom("$T.isNan($L)", DeviceTypes.MATH, x)
                        : Operations.compare(op, x, y);
            case LESS_OR_EQUAL -> Term.atom("$T.isAtMost($L, $L)", DeviceTypes.MATH, x, y);
            case GREATER_OR_EQUAL -> Term.atom("$T.isAtMost($L, $L)", DeviceTypes.MATH, y, x);
        };
    }

    /** Evaluates both conditions, because TornadoVM negates one operand of {@code &&} within {@code ||}. */
    private static Term both(String symbol, Term x, Term y) {
        Term atom = Term.atom("$L $L $L", x.above(Strength.LOGICAL), symbol, y.above(Strength.LOGICAL));
        return new Term(atom.code(), Strength.LOGICAL);
    }

    private static Term call(BinaryOp op, Term x, Term y) {
        return Term.atom("$T.$L($L, $L)", DeviceTypes.MATH, OperationNames.of(op), x, y);
    }
}
