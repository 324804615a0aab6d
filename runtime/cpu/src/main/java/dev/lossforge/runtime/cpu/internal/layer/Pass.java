package dev.lossforge.runtime.cpu.internal.layer;

/**
 * What a forward pass is for.
 *
 * @param training whether dropout acts
 * @param step the number of updates so far, from which dropout draws
 * @param firstSample the place of the first sample in a batch of which this pass is for a share; 0 for a whole batch
 */
public record Pass(boolean training, long step, long firstSample) {

    /** A pass of a whole batch. */
    public Pass(boolean training, long step) {
        this(training, step, 0);
    }
}
