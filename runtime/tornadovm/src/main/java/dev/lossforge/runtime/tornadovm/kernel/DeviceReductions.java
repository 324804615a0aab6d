package dev.lossforge.runtime.tornadovm.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The steps of reductions in a kernel. {@code Σ x} keeps the sum and what rounding has taken from it, so that a row of
 * thousands is added up as well as in double precision, which devices lack or are slow at. {@code log Σ exp x} keeps
 * the greatest value so far and the sum of the exponentials relative to it, NaN if any value is.
 */
@SuppressWarnings("IdentityBinaryExpression") // x == x is the test for numbers that TornadoVM gets right
public final class DeviceReductions {

    private DeviceReductions() {}

    /**
     * What rounding has taken from a sum after one more value, exactly but for the rounding of this number itself. D.
     * Knuth, "The Art of Computer Programming", volume 2, section 4.2.2, theorem B.
     */
    public static float lost(float lost, float sum, float x) {
        float next = sum + x;
        float added = next - sum;
        return lost + ((sum - (next - added)) + (x - added));
    }

    /** A sum with what rounding has taken from it; the sum alone if that is not finite. */
    public static float sum(float sum, float lost) {
        float all = sum + lost;
        return all - all == 0f ? all : sum;
    }

    /** What is left of a sum of exponentials relative to the maximum so far when one more value is the new maximum. */
    public static float shrink(float max, float x) {
        return x > max ? TornadoMath.exp(max - x) : 1f;
    }

    /** The exponential of one more value, relative to the maximum that it is or leaves. */
    public static float exponential(float max, float x) {
        return x >= max ? 1f : TornadoMath.exp(x - max);
    }

    /** The sum of two sums of exponentials, each relative to the maximum of its own values. */
    public static float addExponentials(float max, float sum, float otherMax, float otherSum) {
        if (max == otherMax) {
            return sum + otherSum;
        }
        return max > otherMax
                ? sum + otherSum * TornadoMath.exp(otherMax - max)
                : sum * TornadoMath.exp(max - otherMax) + otherSum;
    }

    /** The logarithm of a sum of exponentials that is kept relative to their maximum; −∞ of nothing. */
    public static float logSumExp(float max, float sum) {
        return max + TornadoMath.log(sum);
    }

    /** What that logarithm is above the maximum; 0 where the maximum is infinite. */
    public static float logSumExpExcess(float max, float sum) {
        return sum == sum && TornadoMath.abs(max) > Float.MAX_VALUE ? 0f : TornadoMath.log(sum);
    }
}
