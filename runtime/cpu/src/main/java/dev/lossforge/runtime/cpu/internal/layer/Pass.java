package dev.lossforge.runtime.cpu.internal.layer;

/**
 * The purpose of a forward pass.
 *
 * @param training whether dropout acts
 * @param step the number of updates so far, which determines what dropout drops
 * @param firstSample if this pass is for a share of a batch, the position of its first sample in the batch; otherwise 0
 */
public record Pass(boolean training, long step, long firstSample) {

    /** A pass over a whole batch. */
    public Pass(boolean training, long step) {
        this(training, step, 0);
    }
}
