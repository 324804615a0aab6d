package dev.lossforge.processor.ir;

/** A function of one operand. Unless stated otherwise it maps FLOAT to FLOAT. */
public enum UnaryOp {
    /** {@code -x}; FLOAT or INT. */
    NEGATE,
    /** {@code |x|}; FLOAT or INT. Derivative at 0: 0. */
    ABS,
    /** −1, 0 or 1, and NaN for NaN. Derivative: 0. */
    SIGN,
    SQUARE,
    SQRT,
    EXP,
    /** {@code eˣ − 1}, exact near 0. */
    EXPM1,
    LOG,
    /** {@code log(1 + x)}, exact near 0. */
    LOG1P,
    /** {@code log(1 − eˣ)} for {@code x < 0}, exact near 0 and near {@code −∞}. */
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
    /** {@code log cosh x} without overflow. */
    LOG_COSH,
    /** {@code 1 / (1 + e⁻ˣ)}. */
    SIGMOID,
    /** {@code log(1 / (1 + e⁻ˣ))}. */
    LOG_SIGMOID,
    /** {@code log(1 + eˣ)}. */
    SOFTPLUS,
    ERF,
    /** {@code log |Γ(x)|}. */
    LGAMMA,
    /** {@code Γ′(x) / Γ(x)}. */
    DIGAMMA,
    /** The derivative of digamma. */
    TRIGAMMA,
    /** Greatest whole number not above x. Derivative: 0. */
    FLOOR,
    /** Least whole number not below x. Derivative: 0. */
    CEIL,
    /** The nearest whole number, ties to even, as {@link Math#rint}. Derivative: 0. */
    ROUND,
    /** 0 for every number, NaN for NaN: carries a NaN past a select whose condition is false for it. Derivative: 0. */
    NAN_OR_ZERO,
    /** The identity, with derivative 0. */
    STOP_GRADIENT,
    /** INT to FLOAT. */
    TO_FLOAT,
    /** FLOAT to INT, towards zero, as a Java cast. */
    TO_INT,
    /** BOOLEAN to BOOLEAN. */
    NOT
}
