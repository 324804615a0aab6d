package dev.lossforge.djl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one evaluation, kept for the next one of the same size: to allocate and clear them anew takes as long
 * as a kernel.
 */
final class KeptArrays {
    private final List<float[]> predictions = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();

    /** The arrays that are not in use. Several threads may evaluate at once; those of one are kept. */
    static final class Shelf {
        private final AtomicReference<@Nullable KeptArrays> kept = new AtomicReference<>();

        KeptArrays take() {
            KeptArrays own = kept.getAndSet(null);
            return own == null ? new KeptArrays() : own;
        }

        void giveBack(KeptArrays own) {
            kept.set(own);
        }
    }

    /** The array for the values of a prediction; its content is arbitrary. */
    float[] prediction(int number, int size) {
        return array(predictions, number, size);
    }

    /** The array for the gradient of a prediction; its content is arbitrary. */
    float[] gradient(int number, int size) {
        return array(gradients, number, size);
    }

    private static float[] array(List<float[]> arrays, int number, int size) {
        while (arrays.size() <= number) {
            arrays.add(new float[size]);
        }
        if (arrays.get(number).length != size) {
            arrays.set(number, new float[size]);
        }
        return arrays.get(number);
    }
}
