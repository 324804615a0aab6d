package dev.lossforge.processor.emit;

import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;

/** The Java code of operations on single values. */
public final class Operations {
    private Operations() {}

    public static Term constant(double value) {
        float rounded = (float) value;
        if (Float.isNaN(rounded)) {
            return Term.atom("$T.NaN", Float.class);
        }
        if (Float.isInfinite(rounded)) {
            return Term.atom("$T.$L", Float.class, rounded > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        String text = rounded == Math.rint(rounded) && Math.abs(rounded) < 1e6f && !isMinusZero(rounded)
                ? Integer.toString((int) rounded)
                : Float.toString(rounded);
        return signed(text + "f", text.startsWith("-"));
    }

    private static boolean isMinusZero(float value) {
        return Float.floatToRawIntBits(value) == 0x80000000;
    }

    public static Term constant(int value) {
        return signed(Integer.toString(value), value < 0);
    }

    private static Term signed(String text, boolean negative) {
        Term atom = Term.atom("$L", text);
        return negative ? new Term(atom.code(), Strength.UNARY) : atom;
    }

    public static Term unary(UnaryOp op, Term x) {
        return switch (op) {
            case NEGATE -> prefix("-", x);
            case ABS -> Term.atom("$T.abs($L)", Math.class, x);
            case SIGN -> Term.atom("$T.signum($L)", Math.class, x);
            case SQRT ->
                new Term(Term.atom("(float) $T.sqrt($L)", Math.class, x).code(), Strength.UNARY);
            case TO_FLOAT -> prefix("(float) ", x);
            case TO_INT -> prefix("(int) ", x);
            case NOT -> prefix("!", x);
            case STOP_GRADIENT -> x;
            case SQUARE,
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
                    ERFC,
                    NORMAL_CDF,
                    LOG_NORMAL_CDF,
                    NORMAL_QUANTILE,
                    INVERSE_MILLS,
                    MILLS_SLOPE,
                    LGAMMA,
                    DIGAMMA,
                    TRIGAMMA,
                    TETRAGAMMA,
                    PENTAGAMMA,
                    LOG_BESSEL_I0,
                    BESSEL_I1_I0,
                    BESSEL_SLOPE,
                    BESSEL_CURVATURE,
                    FLOOR,
                    CEIL,
                    ROUND,
                    NAN_OR_ZERO -> Term.atom("$T.$L($L)", RuntimeTypes.SCALARS, OperationNames.of(op), x);
        };
    }

    private static Term prefix(String symbol, Term x) {
        return new Term(Term.atom("$L$L", symbol, x.above(Strength.UNARY)).code(), Strength.UNARY);
    }

    public static Term binary(BinaryOp op, Term x, Term y) {
        return switch (op) {
            case ADD -> Term.infix(x, "+", y, Strength.SUM);
            case SUBTRACT -> Term.infix(x, "-", y, Strength.SUM);
            case MULTIPLY -> Term.infix(x, "*", y, Strength.PRODUCT);
            case DIVIDE -> Term.infix(x, "/", y, Strength.PRODUCT);
            case REMAINDER -> Term.infix(x, "%", y, Strength.PRODUCT);
            case MAX -> Term.atom("$T.max($L, $L)", Math.class, x, y);
            case MIN -> Term.atom("$T.min($L, $L)", Math.class, x, y);
            case ROOT_OF_SQUARES -> unary(UnaryOp.SQRT, x);
            case AND ->
                new Term(
                        Term.atom("$L && $L", x.above(Strength.LOGICAL), y.above(Strength.LOGICAL))
                                .code(),
                        Strength.LOGICAL);
            case OR ->
                new Term(
                        Term.atom("$L || $L", x.above(Strength.LOGICAL), y.above(Strength.LOGICAL))
                                .code(),
                        Strength.LOGICAL);
            case POW,
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
                    TRIGAMMA_DIFFERENCE ->
                Term.atom("$T.$L($L, $L)", RuntimeTypes.SCALARS, OperationNames.of(op), x, y);
        };
    }

    /** {@code a + b}, without an operand that is 0. */
    public static Term plus(Term a, Term b) {
        if (a.toString().equals("0")) {
            return b;
        }
        return b.toString().equals("0") ? a : Term.infix(a, "+", b, Strength.SUM);
    }

    /** The row-major position of an entry; the extent of the first axis is not needed. */
    public static Term rowMajor(List<Term> indices, List<Term> extents) {
        Term position = constant(0);
        for (int axis = 0; axis < indices.size(); axis++) {
            Term row = axis == 0 ? position : binary(BinaryOp.MULTIPLY, position, extents.get(axis));
            position = plus(row, indices.get(axis));
        }
        return position;
    }

    /** A comparison. {@code x != x} becomes a test for NaN, because linters consider it a mistake. */
    public static Term compare(Comparison op, Term x, Term y) {
        return op == Comparison.NOT_EQUAL && x.toString().equals(y.toString())
                ? Term.atom("$T.isNaN($L)", Float.class, x)
                : Term.infix(x, op.symbol(), y, Strength.COMPARISON);
    }

    public static Term select(Term condition, Term x, Term y) {
        return new Term(
                Term.atom(
                                "$L ? $L : $L",
                                condition.above(Strength.CONDITIONAL),
                                x.above(Strength.CONDITIONAL),
                                y.in(Strength.CONDITIONAL))
                        .code(),
                Strength.CONDITIONAL);
    }

    /** Division of ints whose result may go unused: no error where the divisor is 0. */
    public static Term quietDivision(BinaryOp op, Term x, Term y) {
        return Term.atom("$T.$L($L, $L)", RuntimeTypes.SCALARS, OperationNames.of(op), x, y);
    }

    /** The Java type of a value. */
    public static Class<?> javaType(Type type) {
        return switch (type) {
            case FLOAT -> float.class;
            case INT -> int.class;
            case BOOLEAN -> boolean.class;
        };
    }
}
