package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The values between two layers and the loss's gradient with respect to them.
 *
 * @param size the number of values of one sample
 * @param gradients the gradients; an array of one entry if none are computed
 * @param rectified whether a value of 0 must get the gradient 0, because the values come from a ReLU, possibly through
 *     max pooling; the task that computes the gradients ensures this, so they are also the gradients of the ReLU's
 *     input
 */
public record Activations(int size, FloatArray values, FloatArray gradients, boolean rectified) {
    /** Array positions in a kernel are ints, and one stride past the last must still fit. */
    private static final int MAX_ENTRIES = 1 << 30;

    static Activations of(int samples, int size, boolean gradients, boolean rectified) {
        FloatArray values = array(samples, size);
        return new Activations(size, values, gradients ? array(samples, size) : new FloatArray(1), rectified);
    }

    /** An array for gradients that are not stored. */
    static FloatArray array(int samples, int size) {
        if ((long) samples * size > MAX_ENTRIES) {
            throw new BackendException("A batch of " + samples + " samples with " + size
                    + " values each has more than 2^30 values, which a device kernel cannot number; use a smaller"
                    + " batch.");
        }
        return new FloatArray(samples * size);
    }
}
