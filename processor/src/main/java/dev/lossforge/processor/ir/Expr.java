package dev.lossforge.processor.ir;

import java.util.List;

/**
 * A scalar expression. Only {@link Exprs} creates expressions, so equal ones are identical; compare them with
 * {@code ==}. Never use a node as the key of a hash map, because a record's hash is deep, and exponential on shared
 * nodes. Use {@link java.util.IdentityHashMap} instead.
 */
public sealed interface Expr {

    Type type();

    /** A FLOAT constant, kept in double; the kernel rounds it to float32 once. */
    record Constant(double value) implements Expr {
        @Override
        public Type type() {
            return Type.FLOAT;
        }
    }

    record IntConstant(int value) implements Expr {
        @Override
        public Type type() {
            return Type.INT;
        }
    }

    record BooleanConstant(boolean value) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /** The number of entries of an input along an axis of its Java array: {@code p.length} is axis 0. INT. */
    record Extent(Input input, int axis) implements Expr {
        @Override
        public Type type() {
            return Type.INT;
        }
    }

    /**
     * An index variable that runs over {@code 0 … extent − 1}. INT. Two indices are the same if their numbers and
     * extents are; their loops may then be fused.
     */
    record Index(int number, Expr extent) implements Expr {
        @Override
        public Type type() {
            return Type.INT;
        }

        /**
         * The hash of the number only, because the hash of the extent is deep and every expression keeps a set of its
         * indices.
         */
        @Override
        public int hashCode() {
            return number;
        }
    }

    /** An entry of an input, with as many indices as the input's rank. */
    record Load(Input input, List<Expr> indices) implements Expr {
        @Override
        public Type type() {
            return input.type();
        }
    }

    record Unary(UnaryOp op, Expr operand) implements Expr {
        @Override
        public Type type() {
            return switch (op) {
                case TO_FLOAT -> Type.FLOAT;
                case TO_INT -> Type.INT;
                case NEGATE, ABS -> operand.type();
                case NOT -> Type.BOOLEAN;
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
                        NAN_OR_ZERO,
                        STOP_GRADIENT -> Type.FLOAT;
            };
        }
    }

    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return left.type();
        }
    }

    record Compare(Comparison op, Expr left, Expr right) implements Expr {
        @Override
        public Type type() {
            return Type.BOOLEAN;
        }
    }

    /** {@code condition ? whenTrue : whenFalse}; a NaN, error or infinity on the side not taken has no effect. */
    record Select(Expr condition, Expr whenTrue, Expr whenFalse) implements Expr {
        @Override
        public Type type() {
            return whenTrue.type();
        }
    }

    /** Binds {@code index} in {@code body} and combines the body's values over {@code 0 … index.extent − 1}. */
    record Reduce(ReduceOp op, Index index, Expr body) implements Expr {
        @Override
        public Type type() {
            return switch (op) {
                case SUM, PRODUCT, MAX, MIN -> body.type();
                case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, NORM -> Type.FLOAT;
                case ARG_MAX, ARG_MIN -> Type.INT;
            };
        }
    }

    /**
     * The state before a step of the scan that binds {@code index}, or an entry of it if the state is a vector. It
     * depends on the index, like everything computed from it.
     */
    record State(Index index, List<Expr> entry) implements Expr {
        @Override
        public Type type() {
            return Type.FLOAT;
        }
    }

    /**
     * A state of a scan. Positions run from 0 to the number of steps. Step i leads from position i to i + 1, or back if
     * the scan descends. The first position holds the start. Positions outside give NaN.
     *
     * @param entry the position in the state, with as many indices as the state has axes
     */
    record Scan(Steps steps, Expr position, List<Expr> entry) implements Expr {
        @Override
        public Type type() {
            return Type.FLOAT;
        }
    }

    /**
     * An entry of the permutation that puts the keys of {@code 0 … index.extent − 1} into ascending order, or of its
     * inverse; INT, and −1 if {@code at} is not one of these numbers. Equal keys keep their order, −0 equals 0, and NaN
     * comes last. Binds {@code index} in {@code key}, not in {@code at}.
     */
    record Order(OrderOp op, Index index, Expr key, Expr at) implements Expr {
        @Override
        public Type type() {
            return Type.INT;
        }
    }

    /** A value computed by an earlier statement of the loop nest. Lowering introduces it and removes Reduce. */
    record Local(String name, Type type) implements Expr {}
}
