package dev.lossforge.processor.vector;

/** Whole numbers, signs, and the greater and smaller of two. */
final class Rounding extends FunctionFamily {
    /** From here on all floats are whole. */
    private static final float WHOLE = 0x1p23f;

    Rounding(VectorGraph g) {
        super(g);
    }

    VectorNode round(VectorNode x) {
        VectorNode magnitude = g.abs(x);
        VectorNode rounded = g.subtract(g.add(magnitude, c(WHOLE)), c(WHOLE));
        return g.blend(g.less(magnitude, c(WHOLE)), withSign(rounded, sign(x)), x);
    }

    VectorNode floor(VectorNode x) {
        VectorNode nearest = round(x);
        return g.blend(g.less(x, nearest), g.subtract(nearest, c(1)), nearest);
    }

    /** By way of the floor, which gives zeros their sign. */
    VectorNode ceil(VectorNode x) {
        return g.negate(floor(g.negate(x)));
    }

    VectorNode signum(VectorNode x) {
        return where(g.less(c(0), x), 1, where(g.less(x, c(0)), -1, x));
    }

    VectorNode nanOrZero(VectorNode x) {
        return g.blend(g.isNan(x), x, c(0));
    }

    /** NaN where an operand is. Of two zeros the greater, if one is a constant; else x. */
    VectorNode max(VectorNode x, VectorNode y) {
        if (isMagnitude(x) && isMagnitude(y)) {
            return g.maxOfMagnitudes(x, y);
        }
        if (x instanceof VectorNode.Constant bound) {
            return max(y, bound);
        }
        if (y instanceof VectorNode.Constant bound) {
            return max(x, bound);
        }
        return g.blend(g.or(g.less(x, y), g.isNan(y)), y, x);
    }

    private static boolean isMagnitude(VectorNode x) {
        return VectorGraph.isMagnitude(x)
                || x instanceof VectorNode.Constant c && Float.floatToRawIntBits(c.value()) >= 0;
    }

    private VectorNode max(VectorNode x, VectorNode.Constant bound) {
        VectorNode taken = isMinusZero(bound) ? g.less(x, bound) : g.lessOrEqual(x, bound);
        return orNan(bound, g.blend(taken, bound, x));
    }

    /** NaN where an operand is. Of two zeros the smaller, if one is a constant; else x. */
    VectorNode min(VectorNode x, VectorNode y) {
        if (x instanceof VectorNode.Constant bound) {
            return min(y, bound);
        }
        if (y instanceof VectorNode.Constant bound) {
            return min(x, bound);
        }
        return g.blend(g.or(g.less(y, x), g.isNan(y)), y, x);
    }

    private VectorNode min(VectorNode x, VectorNode.Constant bound) {
        VectorNode taken = isMinusZero(bound) ? g.lessOrEqual(bound, x) : g.less(bound, x);
        return orNan(bound, g.blend(taken, bound, x));
    }

    private static VectorNode orNan(VectorNode.Constant bound, VectorNode result) {
        return Float.isNaN(bound.value()) ? bound : result;
    }

    private static boolean isMinusZero(VectorNode.Constant node) {
        return Float.floatToRawIntBits(node.value()) == SIGN;
    }

    VectorNode intMax(VectorNode x, VectorNode y) {
        return g.operation(VectorOp.INT_MAX, x, y);
    }

    VectorNode intMin(VectorNode x, VectorNode y) {
        return g.operation(VectorOp.INT_MIN, x, y);
    }

    VectorNode intAbs(VectorNode x) {
        VectorNode sign = g.shiftRight(x, 31);
        return intSubtract(g.operation(VectorOp.INT_XOR, x, sign), sign);
    }

    /** {@code x / y}, and 0 where {@code x = 0} and y is not NaN. */
    VectorNode xdivy(VectorNode x, VectorNode y) {
        VectorNode zero = g.and(g.equal(x, c(0)), g.equal(y, y));
        return where(zero, 0, g.divide(x, y));
    }

    /**
     * {@code |x| − n·|y|} for the nearest whole n, which is exact, and once more |y| where that is negative. Quotients
     * of millions are rare.
     */
    VectorNode remainder(VectorNode x, VectorNode y) {
        VectorNode dividend = g.abs(x);
        VectorNode divisor = g.abs(y);
        VectorNode quotient = g.divide(dividend, divisor);
        g.rarely(g.less(c(0x1p21f), quotient));
        VectorNode n = g.subtract(c(ROUNDER), g.add(quotient, c(ROUNDER)));
        VectorNode nearest = g.fma(n, divisor, dividend);
        VectorNode rest = g.blend(g.less(nearest, c(0)), g.add(nearest, divisor), nearest);
        VectorNode unbounded =
                g.and(g.equal(divisor, c(Float.POSITIVE_INFINITY)), g.less(dividend, c(Float.POSITIVE_INFINITY)));
        return withSign(g.blend(unbounded, dividend, rest), sign(x));
    }
}
