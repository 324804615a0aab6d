package dev.lossforge.runtime.tornadovm.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The steps of {@code log Σ exp x} in a kernel, which keeps the greatest value so far and the sum of the exponentials
 * relative to it, NaN if any value is.
 */
@SuppressWarnings("IdentityBinaryExpression") // x == x is the test for numbers that TornadoVM gets right
public final class DeviceReductions {

    private DeviceReductions() {}

    /** One more value in the sum of exponentials relative to their maximum, which is that of all values before. */
    public static float addExponential(float max, float sum, float x) {
        if (x > max) {
            return sum * TornadoMath.exp(max - x) + 1f;
        }
        return sum + (x == max ? 1f : TornadoMath.exp(x - max));
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
