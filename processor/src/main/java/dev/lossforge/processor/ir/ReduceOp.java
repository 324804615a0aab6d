package dev.lossforge.processor.ir;

import java.util.OptionalDouble;

/** How {@link Expr.Reduce} combines its body's values over the index. */
public enum ReduceOp {
    /** 0 over an empty range. */
    SUM,
    /** 1 over an empty range. */
    PRODUCT,
    /** {@code −∞} over an empty range; NaN if any is NaN. At ties, the first largest value gets the cotangent. */
    MAX,
    /** {@code +∞} over an empty range; NaN if any is NaN. At ties, the first smallest value gets the cotangent. */
    MIN,
    /** {@code log Σ exp} without overflow; {@code −∞} over an empty range. */
    LOG_SUM_EXP,
    /**
     * {@code log Σ exp(x − max x)}: log-sum-exp minus the largest value; 0 if that is infinite. It appears after
     * differentiation, because {@code (x − max) − excess} keeps the digits that {@code x − logΣexp} loses for large x.
     */
    LOG_SUM_EXP_EXCESS,
    /** {@code √Σ x²} without overflow; 0 over an empty range. Gradient at 0: 0. Replaced before lowering. */
    NORM,
    /** INT: the first index of the largest value; constant for differentiation. −1 over an empty range. */
    ARG_MAX,
    /** INT: the first index of the smallest value; constant for differentiation. −1 over an empty range. */
    ARG_MIN;

    /** The number that a reduction does not mind among its values; none where positions count or values are related. */
    public OptionalDouble identity() {
        return switch (this) {
            case SUM -> OptionalDouble.of(0);
            case PRODUCT -> OptionalDouble.of(1);
            case MAX, LOG_SUM_EXP -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case MIN -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case LOG_SUM_EXP_EXCESS, NORM, ARG_MAX, ARG_MIN -> OptionalDouble.empty();
        };
    }
}
