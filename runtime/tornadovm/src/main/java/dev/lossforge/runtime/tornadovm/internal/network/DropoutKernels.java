package dev.lossforge.runtime.tornadovm.internal.network;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * Dropout. The backward pass applies it to the gradient instead of the input. The random numbers are those of
 * {@link dev.lossforge.runtime.internal.CounterRandom}. Its unsigned shifts become signed shifts and masks, because
 * TornadoVM has no unsigned shift.
 */
final class DropoutKernels {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private DropoutKernels() {}

    /**
     * One work-item per value. If the 53 bits of the value's random number are below the limit, the result is 0;
     * otherwise, it is the value times {@code kept}.
     *
     * @param draw the key of the step's numbers, and the limit
     */
    static void apply(
            KernelContext c,
            FloatArray input,
            FloatArray output,
            LongArray draw,
            float kept,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        long key = draw.get(0);
        long limit = draw.get(1);
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            long bits = (mix(key + at * GOLDEN_GAMMA) >> 11) & 0x1FFFFFFFFFFFFFL;
            output.set(at, bits < limit ? 0f : kept * input.get(at));
        }
    }

    static long mix(long bits) {
        long z = bits + GOLDEN_GAMMA;
        z = (z ^ ((z >> 30) & 0x3FFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ ((z >> 27) & 0x1FFFFFFFFFL)) * 0x94D049BB133111EBL;
        return z ^ ((z >> 31) & 0x1FFFFFFFFL);
    }
}
