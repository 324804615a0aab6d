package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The steps of reductions in a kernel. {@code Σ x} keeps the sum and what rounding has taken from it, so that a row of
 * thousands is added up as well as in double precision, which devices lack or are slow at. {@code log Σ exp x} keeps
 * the greatest value so far and the sum of the other exponentials relative to it, NaN if any value is.
 */
@SuppressWarnings({
    "IdentityBinaryExpression", // x == x is the test for numbers that TornadoVM gets right
    "ShortCircuitBoolean" // && within || is not
})
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

    /**
     * What is left of the exponentials relative to the maximum so far, its own among them, when one more value is the
     * new maximum.
     */
    public static float shrink(float max, float x) {
        return x > max ? TornadoMath.exp(max - x) : 1f;
    }

    /** What one more value adds before they shrink: its exponential, or that of the maximum that it displaces. */
    public static float exponential(float max, float x) {
        return DeviceMath.isAtMost(max, x) ? 1f : TornadoMath.exp(x - max);
    }

    /** Of two parts, what all exponentials but the greatest's are, relative to the greater maximum. */
    public static float addExponentials(float max, float rest, float otherMax, float otherRest) {
        if (max == otherMax) {
            return rest + otherRest + 1f;
        }
        return max > otherMax
                ? rest + (otherRest + 1f) * TornadoMath.exp(otherMax - max)
                : (rest + 1f) * TornadoMath.exp(max - otherMax) + otherRest;
    }

    /** The logarithm of a sum of exponentials, from the greatest and the rest relative to it; −∞ of nothing. */
    public static float logSumExp(float max, float rest) {
        return max + DeviceMath.log1p(rest);
    }

    /** What that logarithm is above the maximum; 0 where the maximum is infinite. */
    public static float logSumExpExcess(float max, float rest) {
        return rest == rest && TornadoMath.abs(max) > Float.MAX_VALUE ? 0f : DeviceMath.log1p(rest);
    }

    /** Whether a value displaces the best one before it; NaN counts as the greatest. */
    public static boolean beats(float challenger, float champion) {
        return challenger > champion | (challenger != challenger & champion == champion);
    }

    /** Whether the best of one part comes before the best of another; a part without values has the position −1. */
    public static boolean comesFirst(float best, int position, float otherBest, int otherPosition) {
        boolean better = beats(best, otherBest) | (!beats(otherBest, best) & position < otherPosition);
        return position >= 0 & (otherPosition < 0 | better);
    }
}
