package dev.lossforge.runtime.internal;

/**
 * Random numbers by position: the i-th number of a key is a function of both, so the order of requests does not matter.
 */
public final class CounterRandom {
    /** 2^64 divided by the golden ratio: consecutive multiples of it spread over all bits. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private CounterRandom() {}

    /** Mixes all bits of a number into all bits of the result (Stafford 2011, variant 13, as in SplittableRandom). */
    public static long mix(long bits) {
        long z = bits + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The number at a position, uniform in [0, 1). */
    public static double uniform(long key, long position) {
        return (mix(key + position * GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }
}
