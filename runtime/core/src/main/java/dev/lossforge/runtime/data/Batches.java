package dev.lossforge.runtime.data;

import java.util.Iterator;

/**
 * A dataset in batches, epoch after epoch. Two batches are allocated once, one of the full size and one for the rest,
 * and reused. A batch is therefore valid until the next one is drawn, and only one iteration runs at a time.
 */
public abstract sealed class Batches implements Iterable<Batch>, AutoCloseable permits StoredBatches, StreamedBatches {
    private final int samples;
    private final int batchSize;
    private final boolean droppingLast;

    Batches(int samples, int batchSize, boolean droppingLast) {
        if (batchSize < 1) {
            throw new DataException("A batch has at least 1 sample, but the batch size is " + batchSize + ".");
        }
        if (droppingLast && samples < batchSize) {
            throw new DataException("Leaving out the last, incomplete batch leaves none of " + samples
                    + " samples in batches of " + batchSize + "; choose smaller batches, or keep the last one.");
        }
        this.samples = samples;
        this.batchSize = batchSize;
        this.droppingLast = droppingLast;
    }

    /** The number of batches in an epoch. */
    public final int count() {
        return droppingLast ? samples / batchSize : Math.ceilDiv(samples, batchSize);
    }

    /** The number of samples in an epoch. */
    public final int samples() {
        return droppingLast ? count() * batchSize : samples;
    }

    final int batchSize() {
        return batchSize;
    }

    /** The number of samples in the last batch if it is not full; 0 if all batches are full. */
    public final int rest() {
        return samples() % batchSize;
    }

    /** The number of samples in the smallest batch. */
    public final int smallest() {
        return rest() == 0 ? batchSize : rest();
    }

    /** The index of the first sample after these batches. */
    final int begin(int batches) {
        return (int) Math.min((long) batches * batchSize, samples());
    }

    /**
     * Puts the samples in the order of this epoch, which follows from seed and epoch alone. For data in memory, every
     * order is equally likely. The samples of a stream are shuffled within its buffer.
     */
    public abstract void shuffle(long seed, int epoch);

    /** One epoch, in the current order. */
    @Override
    public final Iterator<Batch> iterator() {
        return after(0);
    }

    /** The rest of an epoch, in the current order, after {@code batches} of its batches. */
    public abstract Iterator<Batch> after(int batches);

    /** Stops reading a stream; its batches can be drawn again afterwards. */
    @Override
    public abstract void close();
}
