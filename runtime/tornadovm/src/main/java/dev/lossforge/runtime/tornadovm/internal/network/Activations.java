package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.BackendException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The values between two layers and the loss's gradient with respect to them.
 *
 * @param size the values of one sample
 * @param gradients of one entry where none are computed
 * @param rectified whether the gradient of a value that is 0 is 0, since a ReLU made the value and at most others chose
 *     from several such: whoever makes the gradients makes them so, for those of the ReLU's input to be the same
 */
public record Activations(int size, FloatArray values, FloatArray gradients, boolean rectified) {
    /** Array positions in a kernel are ints, and one stride past the last must still be one. */
    private static final int MAX_ENTRIES = 1 << 30;

    static Activations of(int samples, int size, boolean gradients, boolean rectified) {
        FloatArray values = array(samples, size);
        return new Activations(size, values, gradients ? array(samples, size) : new FloatArray(1), rectified);
    }

    /** Gradients of values that nobody keeps. */
    static FloatArray array(int samples, int size) {
        if ((long) samples * size > MAX_ENTRIES) {
            throw new BackendException("A batch of " + samples + " samples with " + size
                    + " values each has more than 2^30 values, which a device kernel cannot number; use a smaller"
                    + " batch.");
        }
        return new FloatArray(samples * size);
    }
}
