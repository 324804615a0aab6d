package dev.lossforge.runtime.internal;

import dev.lossforge.runtime.data.DataException;

/** Checks of layers that work on the whole batch. */
public final class BatchStatistics {

    private BatchStatistics() {}

    /**
     * Checks that a channel has more than one value.
     *
     * @param count the number of values per channel in the batch
     */
    public static void requireVariance(String layer, int samples, long count) {
        if (count < 2) {
            throw new DataException("The layer '" + layer + "' normalizes over the batch, but a batch of " + samples
                    + " sample has one value per channel and so no variance; choose a batch size that leaves no"
                    + " batch of 1 sample.");
        }
    }
}
