package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The steps of reductions in a kernel. {@code Σ x} keeps the sum and its accumulated rounding error. A row of thousands
 * is therefore summed as accurately as in double precision, which devices lack or are slow at. {@code log Σ exp x}
 * keeps the largest value so far and the sum of the other exponentials relative to it. The sum is NaN if any value is.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // TornadoVM compiles the test x == x for numbers correctly
    "ShortCircuitBoolean" // but miscompiles && within ||
})
public final class DeviceReductions {

    private DeviceReductions() {}

    /**
     * The accumulated rounding error of a sum after one more value, exact apart from its own rounding. D. Knuth, "The
     * Art of Computer Programming", volume 2, section 4.2.2, theorem B.
     */
    public static float lost(float lost, float sum, float x) {
        float next = sum + x;
        float added = next - sum;
        return lost + ((sum - (next - added)) + (x - added));
    }

    /** The sum plus its accumulated rounding error; the sum alone if the error is not finite. */
    public static float sum(float sum, float lost) {
        float all = sum + lost;
        return all - all == 0f ? all : sum;
    }

    /**
     * The factor for the exponentials relative to the maximum so far, including its own, when one more value becomes
     * the new maximum.
     */
    public static float shrink(float max, float x) {
        return x > max ? TornadoMath.exp(max - x) : 1f;
    }

    /**
     * What one more value adds before this factor applies: its exponential, or that of the maximum that it displaces.
     */
    public static float exponential(float max, float x) {
        return DeviceMath.isAtMost(max, x) ? 1f : TornadoMath.exp(x - max);
    }

    /** The sum, for two parts together, of all exponentials except the largest, relative to the larger maximum. */
    public static float addExponentials(float max, float rest, float otherMax, float otherRest) {
        if (max == otherMax) {
            return rest + otherRest + 1f;
        }
        return max > otherMax
                ? rest + (otherRest + 1f) * TornadoMath.exp(otherMax - max)
                : (rest + 1f) * TornadoMath.exp(max - otherMax) + otherRest;
    }

    /** The logarithm of a sum of exponentials, from the largest and the rest relative to it; −∞ if there is none. */
    public static float logSumExp(float max, float rest) {
        return max + DeviceMath.log1p(rest);
    }

    /** The difference between that logarithm and the maximum; 0 if the maximum is infinite. */
    public static float logSumExpExcess(float max, float rest) {
        return rest == rest && TornadoMath.abs(max) > Float.MAX_VALUE ? 0f : DeviceMath.log1p(rest);
    }

    /** Whether a value displaces the best one before it; NaN counts as the largest. */
    public static boolean beats(float challenger, float champion) {
        return challenger > champion | (challenger != challenger & champion == champion);
    }

    /** Whether the best of one part comes before the best of another; a part without values has the position −1. */
    public static boolean comesFirst(float best, int position, float otherBest, int otherPosition) {
        boolean better = beats(best, otherBest) | (!beats(otherBest, best) & position < otherPosition);
        return position >= 0 & (otherPosition < 0 | better);
    }
}
