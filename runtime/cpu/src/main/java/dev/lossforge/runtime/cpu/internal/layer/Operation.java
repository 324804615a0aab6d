package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of the forward pass, with its backward pass. Workers call it concurrently for ranges of samples that do not
 * overlap.
 */
public interface Operation {

    /** Reserves room for batches of this size. */
    void reserve(int samples);

    /** Computes the output of the samples {@code from} to {@code to - 1} from their input. */
    void forward(int worker, int from, int to, Pass pass);

    /**
     * Computes the input's gradients of these samples from the output's, and adds to the worker's parameter gradients.
     * Valid after {@link #forward} for the same samples.
     */
    void backward(int worker, int from, int to);

    /** The parameters to whose gradients {@link #backward} adds. */
    default List<ParameterBlock> gradientBlocks() {
        return List.of();
    }

    /** Recomputes a worker's share of the data derived from the parameters, after these have changed. */
    default void refresh(int worker, int workers) {}

    /** The meeting of all samples of a training step after this operation, if any. */
    default @Nullable Meeting meeting() {
        return null;
    }
}
