package dev.lossforge.processor.ir;

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
    ARG_MIN
}
