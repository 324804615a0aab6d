package dev.lossforge.processor.vector;

import static dev.lossforge.processor.vector.VectorKind.FLOAT;
import static dev.lossforge.processor.vector.VectorKind.INT;
import static dev.lossforge.processor.vector.VectorKind.MASK;

import java.util.List;

/** An operation on vectors, lane by lane, with the results that Java's operators have on floats and ints. */
public enum VectorOp {
    ADD(FLOAT, FLOAT, FLOAT),
    SUBTRACT(FLOAT, FLOAT, FLOAT),
    MULTIPLY(FLOAT, FLOAT, FLOAT),
    DIVIDE(FLOAT, FLOAT, FLOAT),
    /** {@code x · y + z}, rounded once. */
    FMA(FLOAT, FLOAT, FLOAT, FLOAT),
    NEGATE(FLOAT, FLOAT),
    ABS(FLOAT, FLOAT),
    SQRT(FLOAT, FLOAT),
    LESS(MASK, FLOAT, FLOAT),
    LESS_OR_EQUAL(MASK, FLOAT, FLOAT),
    EQUAL(MASK, FLOAT, FLOAT),
    /** Holds where either operand is NaN. */
    NOT_EQUAL(MASK, FLOAT, FLOAT),
    INT_ADD(INT, INT, INT),
    INT_SUBTRACT(INT, INT, INT),
    INT_MULTIPLY(INT, INT, INT),
    INT_AND(INT, INT, INT),
    INT_OR(INT, INT, INT),
    INT_XOR(INT, INT, INT),
    INT_MAX(INT, INT, INT),
    INT_MIN(INT, INT, INT),
    /** Shifts every lane by the same constant: the second operand is an {@link VectorNode.IntConstant}. */
    SHIFT_LEFT(INT, INT, INT),
    /** As {@code >>}, by a constant. */
    SHIFT_RIGHT(INT, INT, INT),
    /** As {@code >>>}, by a constant. */
    SHIFT_RIGHT_UNSIGNED(INT, INT, INT),
    INT_LESS(MASK, INT, INT),
    INT_LESS_OR_EQUAL(MASK, INT, INT),
    INT_EQUAL(MASK, INT, INT),
    INT_NOT_EQUAL(MASK, INT, INT),
    /** {@code (int) x}: towards zero, saturating, 0 for NaN. */
    TO_INT(INT, FLOAT),
    /** {@code (float) i}. */
    TO_FLOAT(FLOAT, INT),
    /** {@code Float.floatToRawIntBits}. */
    TO_BITS(INT, FLOAT),
    /** {@code Float.intBitsToFloat}. */
    FROM_BITS(FLOAT, INT),
    AND(MASK, MASK, MASK),
    OR(MASK, MASK, MASK),
    NOT(MASK, MASK),
    /** {@code mask ? x : y}. */
    BLEND(FLOAT, MASK, FLOAT, FLOAT),
    INT_BLEND(INT, MASK, INT, INT);

    private final VectorKind result;
    private final int arity;
    private final VectorKind first;
    private final VectorKind others;

    VectorOp(VectorKind result, VectorKind first) {
        this(result, first, first, 1);
    }

    VectorOp(VectorKind result, VectorKind first, VectorKind second) {
        this(result, first, second, 2);
    }

    VectorOp(VectorKind result, VectorKind first, VectorKind second, VectorKind third) {
        this(result, first, third, 3);
        if (second != third) {
            throw new IllegalArgumentException("the last two operands differ");
        }
    }

    VectorOp(VectorKind result, VectorKind first, VectorKind others, int arity) {
        this.result = result;
        this.arity = arity;
        this.first = first;
        this.others = others;
    }

    /** What a lane of the result holds. */
    public VectorKind result() {
        return result;
    }

    /** What the lanes of the operands hold. */
    public List<VectorKind> operands() {
        return switch (arity) {
            case 1 -> List.of(first);
            case 2 -> List.of(first, others);
            default -> List.of(first, others, others);
        };
    }

    /** Whether the result is a mask that does not depend on the order of the operands. */
    boolean isSymmetric() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, INT_EQUAL, INT_NOT_EQUAL, AND, OR -> true;
            default -> false;
        };
    }

    /** Whether the second operand is a constant distance. */
    public boolean isShift() {
        return this == SHIFT_LEFT || this == SHIFT_RIGHT || this == SHIFT_RIGHT_UNSIGNED;
    }
}
