package dev.lossforge.runtime.cpu.internal.layer;

import org.jspecify.annotations.Nullable;

/**
 * A step of the forward pass that can be taken back. Workers call it side by side for ranges of samples that do not
 * overlap.
 */
public interface Operation {

    /** Makes room for batches of so many samples. */
    void reserve(int samples);

    /** Makes the output of the samples {@code from} to {@code to - 1} from their input. */
    void forward(int worker, int from, int to, Pass pass);

    /**
     * Makes the input's gradients of these samples from the output's, and adds to the worker's parameter gradients.
     * Valid after {@link #forward} for the same samples.
     */
    void backward(int worker, int from, int to);

    /** Prepares a worker's share of what is derived from the parameters, after they changed. */
    default void refresh(int worker, int workers) {}

    /** Where all samples of a training step wait for each other behind this operation. */
    default @Nullable Meeting meeting() {
        return null;
    }
}
