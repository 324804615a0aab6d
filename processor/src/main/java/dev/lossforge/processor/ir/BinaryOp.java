package dev.lossforge.processor.ir;

/** A function of two operands of the same type, which is also the type of its result. */
public enum BinaryOp {
    /** FLOAT or INT, like the next five. */
    ADD,
    SUBTRACT,
    MULTIPLY,
    /** INT division truncates like Java's. */
    DIVIDE,
    /** As Java's {@code %}. */
    REMAINDER,
    /** NaN if either is NaN. At a tie the cotangent is shared equally, or 0 if one operand is constant. */
    MAX,
    /** As {@link #MAX}. */
    MIN,
    POW,
    ATAN2,
    /** {@code √(x² + y²)} without overflow; gradient 0 at the origin. */
    HYPOT,
    /** {@code x · log y}, and 0 where {@code x = 0} and {@code y ≥ 0}: the limit that entropies need. */
    XLOGY,
    /** {@code x · log(1 + y)}, and 0 where {@code x = 0} and {@code y ≥ −1}. */
    XLOG1PY,
    /**
     * {@code x / y}, and 0 where {@code x = 0} and y is not NaN: the derivative of {@link #XLOGY} with respect to y.
     */
    XDIVY,
    /** {@code log(x / y)} without overflow of the quotient. */
    LOG_QUOTIENT,
    /** {@code x · log(x / y)} without overflow of the quotient, and 0 where {@code x = 0} and y is not NaN. */
    RELATIVE_ENTROPY,
    /** {@code log |Γ(x)·Γ(y) / Γ(x + y)|}, without the difference of large logarithms. */
    LBETA,
    /** {@code log Γ(x + y) − log Γ(x)}, without that difference. */
    LGAMMA_DIFFERENCE,
    /** {@code ψ(x + y) − ψ(x)}, without that difference; ψ is digamma. */
    DIGAMMA_DIFFERENCE,
    /** {@code ψ′(x + y) − ψ′(x)}, without that difference. */
    TRIGAMMA_DIFFERENCE,
    /**
     * {@code √s}, where s is a sum of squares and m the largest magnitude of the numbers. From m, vector code knows
     * whether squares have overflowed or vanished, and then leaves the call to scalar code. It appears only in programs
     * of vector code.
     */
    ROOT_OF_SQUARES,
    /** BOOLEAN. */
    AND,
    /** BOOLEAN. */
    OR
}
