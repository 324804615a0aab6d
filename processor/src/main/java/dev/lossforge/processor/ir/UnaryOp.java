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
    /** {@code expm1(x) − x}, exact near 0. */
    EXPM1_REST,
    /** {@code log1p(x) − x}, exact near 0. */
    LOG1P_REST,
    /** {@code log x − (x − 1)}, exact near 1. */
    LOG_REST,
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
    /** {@code 1 − erf x}, exact where the result is near 0. */
    ERFC,
    /** {@code Φ(x)}, the normal distribution. */
    NORMAL_CDF,
    /** {@code log Φ(x)}, exact on both tails. */
    LOG_NORMAL_CDF,
    /** The x whose {@code Φ(x)} is the operand. */
    NORMAL_QUANTILE,
    /** {@code φ(x) / Φ(x)}, the derivative of {@link #LOG_NORMAL_CDF}; φ is the normal density. */
    INVERSE_MILLS,
    /** The derivative of {@link #INVERSE_MILLS}. */
    MILLS_SLOPE,
    /** {@code log |Γ(x)|}. */
    LGAMMA,
    /** {@code Γ′(x) / Γ(x)}. */
    DIGAMMA,
    /** The derivative of digamma. */
    TRIGAMMA,
    /** The derivative of trigamma. */
    TETRAGAMMA,
    /** The derivative of {@link #TETRAGAMMA}. */
    PENTAGAMMA,
    /** {@code log I₀(x)}, of the modified Bessel function. */
    LOG_BESSEL_I0,
    /** {@code I₁(x) / I₀(x)}, the derivative of {@link #LOG_BESSEL_I0}. */
    BESSEL_I1_I0,
    /** The derivative of {@link #BESSEL_I1_I0}. */
    BESSEL_SLOPE,
    /** The derivative of {@link #BESSEL_SLOPE}. */
    BESSEL_CURVATURE,
    /** The largest whole number not above x. Derivative: 0. */
    FLOOR,
    /** The smallest whole number not below x. Derivative: 0. */
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
