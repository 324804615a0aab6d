package dev.lossforge.processor.emit;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.ReferenceMath;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.List;

/** What is certain of a value before the data. */
sealed interface Certainty {

    /** The value itself; ints and booleans (0 or 1) are also doubles. */
    record Known(double value) implements Certainty {}

    /** What is known of other values. */
    enum Kind implements Certainty {
        /** Nothing. */
        UNKNOWN,
        /** That it is NaN or infinite. */
        NOT_FINITE,
        /** That computing it reads an entry outside of an input. */
        OUTSIDE
    }

    static Certainty of(boolean value) {
        return new Known(value ? 1 : 0);
    }

    /** Whether a float is NaN or infinite, also because of what is read. */
    default boolean isNeverFinite() {
        return this instanceof Known n ? !Double.isFinite(n.value()) : this != Kind.UNKNOWN;
    }

    default boolean is(double value) {
        return this instanceof Known n && n.value() == value;
    }

    default boolean isNaN() {
        return this instanceof Known n && Double.isNaN(n.value());
    }

    /** What is certain of a float that is one of two. */
    static Certainty either(Certainty a, Certainty b) {
        if (a.equals(b)) {
            return a;
        }
        return a.isNeverFinite() && b.isNeverFinite() ? Kind.NOT_FINITE : Kind.UNKNOWN;
    }

    static Certainty apply(UnaryOp op, Certainty x) {
        if (x == Kind.OUTSIDE) {
            return x;
        }
        if (x instanceof Known n) {
            return new Known(ReferenceMath.apply(op, n.value()));
        }
        return switch (op) {
            case NEGATE, ABS, SQUARE, SQRT, LOG, LOG1P, FLOOR, CEIL, ROUND, STOP_GRADIENT -> x;
            default -> Kind.UNKNOWN;
        };
    }

    /** Of an operation of two numbers; AND and OR compute their right operand under a condition. */
    static Certainty apply(BinaryOp op, Type type, Certainty x, Certainty y) {
        if (x == Kind.OUTSIDE || y == Kind.OUTSIDE) {
            return Kind.OUTSIDE;
        }
        boolean divides = op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER;
        if (type == Type.INT && divides && y.is(0)) {
            return Kind.UNKNOWN;
        }
        if (x instanceof Known a && y instanceof Known b) {
            return new Known(ReferenceMath.apply(op, type, a.value(), b.value()));
        }
        if (type == Type.INT) {
            return op == BinaryOp.MULTIPLY && (x.is(0) || y.is(0)) ? new Known(0) : Kind.UNKNOWN;
        }
        return ofFloats(op, x, y);
    }

    /** What holds of two floats if not both are known. */
    private static Certainty ofFloats(BinaryOp op, Certainty x, Certainty y) {
        boolean all = x.isNeverFinite() && y.isNeverFinite();
        boolean any = x.isNeverFinite() || y.isNeverFinite();
        boolean isNaN = x.isNaN() || y.isNaN();
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY -> isNaN ? nan() : any ? Kind.NOT_FINITE : Kind.UNKNOWN;
            case DIVIDE -> isNaN ? nan() : x.isNeverFinite() || y.is(0) ? Kind.NOT_FINITE : Kind.UNKNOWN;
            case MAX, MIN -> isNaN ? nan() : all ? Kind.NOT_FINITE : Kind.UNKNOWN;
            default -> Kind.UNKNOWN;
        };
    }

    private static Certainty nan() {
        return new Known(Double.NaN);
    }

    /**
     * Of a reduction of values.
     *
     * @param values some of them
     * @param complete whether these are all
     */
    static Certainty reduce(ReduceOp op, List<Certainty> values, boolean complete) {
        if (values.contains(Kind.OUTSIDE)) {
            return Kind.OUTSIDE;
        }
        if (complete && values.stream().allMatch(v -> v instanceof Known)) {
            double[] numbers =
                    values.stream().mapToDouble(v -> ((Known) v).value()).toArray();
            return new Known(ReferenceMath.reduce(op, numbers));
        }
        return switch (op) {
            case SUM, PRODUCT, NORM ->
                values.stream().anyMatch(Certainty::isNeverFinite) ? Kind.NOT_FINITE : Kind.UNKNOWN;
            case MAX, MIN, LOG_SUM_EXP ->
                complete && values.stream().allMatch(Certainty::isNeverFinite)
                                || values.stream().anyMatch(Certainty::isNaN)
                        ? Kind.NOT_FINITE
                        : Kind.UNKNOWN;
            // The only entry is the largest and the smallest.
            case ARG_MAX, ARG_MIN -> complete && values.size() == 1 ? new Known(0) : Kind.UNKNOWN;
            case LOG_SUM_EXP_EXCESS -> Kind.UNKNOWN;
        };
    }
}
