package dev.lossforge.processor.vector;

/** What the expansions of functions are written with: constants, arithmetic on bits, signs. */
abstract class FunctionFamily {
    static final int SIGN = 0x80000000;

    /** Adding and subtracting it rounds to a whole number; the low bits of the sum count the ones. */
    static final float ROUNDER = 0x1.8p23f;

    final VectorGraph g;

    FunctionFamily(VectorGraph g) {
        this.g = g;
    }

    final VectorNode c(float value) {
        return g.constant(value);
    }

    final VectorNode intAdd(VectorNode i, int value) {
        return g.operation(VectorOp.INT_ADD, i, g.constant(value));
    }

    final VectorNode intSubtract(VectorNode i, VectorNode j) {
        return g.operation(VectorOp.INT_SUBTRACT, i, j);
    }

    final VectorNode intAnd(VectorNode i, int mask) {
        return g.operation(VectorOp.INT_AND, i, g.constant(mask));
    }

    /** The sign of x, as the bit of a float. */
    final VectorNode sign(VectorNode x) {
        return intAnd(g.toBits(x), SIGN);
    }

    /** A magnitude, that is 0 or positive, with a sign bit. */
    final VectorNode withSign(VectorNode magnitude, VectorNode sign) {
        return g.fromBits(g.operation(VectorOp.INT_OR, g.toBits(magnitude), sign));
    }

    /** x with its sign changed where the bit is set. */
    final VectorNode flip(VectorNode x, VectorNode sign) {
        return g.fromBits(g.operation(VectorOp.INT_XOR, g.toBits(x), sign));
    }

    /** −|x|, in one operation. */
    final VectorNode negativeAbs(VectorNode x) {
        return withSign(eitherSign(x), g.constant(SIGN));
    }

    /** For even functions: x or −x, the same node for both, so that they share what follows. */
    final VectorNode eitherSign(VectorNode x) {
        return g.ofMagnitude(x);
    }

    /** {@code x²}, the same node for −x. */
    final VectorNode square(VectorNode x) {
        VectorNode either = eitherSign(x);
        return g.multiply(either, either);
    }

    /** What {@code x²} loses to rounding, for {@code |x| ≤ limit}; finite beyond. */
    final VectorNode lostOfSquare(VectorNode x, float limit) {
        VectorNode bounded = atMost(g.abs(eitherSign(x)), limit);
        return g.fma(bounded, bounded, g.negate(g.multiply(bounded, bounded)));
    }

    /** The smaller of x and a constant, and NaN for NaN. */
    final VectorNode atMost(VectorNode x, float max) {
        return g.blend(g.less(c(max), x), c(max), x);
    }

    /** The greater of x and a constant, and NaN for NaN. */
    final VectorNode atLeast(VectorNode x, float min) {
        return g.blend(g.less(x, c(min)), c(min), x);
    }

    /** {@code condition ? value : x}. */
    final VectorNode where(VectorNode condition, float value, VectorNode x) {
        return g.blend(condition, c(value), x);
    }

    /** x, where it is a zero, in place of the result: functions that are odd keep the sign of zero. */
    final VectorNode keepZero(VectorNode x, VectorNode result) {
        return g.blend(g.equal(x, c(0)), x, result);
    }
}
