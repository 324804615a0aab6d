package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The values between two layers and the loss's gradient with respect to them.
 *
 * @param size the values of one sample
 * @param gradients of one entry where none are computed
 */
public record Activations(int size, FloatArray values, FloatArray gradients) {
    /** Array positions in a kernel are ints, and one stride past the last must still be one. */
    private static final int MAX_ENTRIES = 1 << 30;

    static Activations of(int samples, int size, boolean gradients) {
        if ((long) samples * size > MAX_ENTRIES) {
            throw new BackendException("A batch of " + samples + " samples with " + size
                    + " values each has more than 2^30 values, which a device kernel cannot number; use a smaller"
                    + " batch.");
        }
        FloatArray values = new FloatArray(samples * size);
        return new Activations(size, values, new FloatArray(gradients ? samples * size : 1));
    }
}
