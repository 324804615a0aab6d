package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The batches of samples in memory. */
final class StoredBatches extends Batches {
    private final Batch all;
    private final int[] order;
    private final @Nullable Batch full;
    private final @Nullable Batch rest;

    StoredBatches(Batch all, int batchSize, boolean droppingLast) {
        super(all.size(), batchSize, droppingLast);
        this.all = all;
        this.order = IntStream.range(0, all.size()).toArray();
        this.full = samples() < batchSize ? null : RowCopies.zeros(all, batchSize);
        this.rest = rest() == 0 ? null : RowCopies.zeros(all, rest());
    }

    @Override
    public void shuffle(long seed, int epoch) {
        SplittableRandom random = random(seed, epoch);
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    static SplittableRandom random(long seed, int epoch) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch);
    }

    @Override
    public Iterator<Batch> after(int batches) {
        return new Iterator<>() {
            private int next = begin(batches);

            @Override
            public boolean hasNext() {
                return next < samples();
            }

            @Override
            public Batch next() {
                Batch batch = samples() - next >= batchSize() ? full : rest;
                if (batch == null || !hasNext()) {
                    throw new NoSuchElementException();
                }
                fill(batch, next);
                next += batch.size();
                return batch;
            }
        };
    }

    private void fill(Batch batch, int from) {
        gather(all.namedInputs(), from, batch.namedInputs());
        gather(all.namedTargets(), from, batch.namedTargets());
        gather(all.weighting().weights(), from, batch.weighting().weights());
        gather(all.weighting().masks(), from, batch.weighting().masks());
    }

    private void gather(SequencedMap<String, ? extends Data> from, int first, SequencedMap<String, ? extends Data> to) {
        Iterator<? extends Data> targets = to.values().iterator();
        from.values().forEach(values -> values.gatherRows(order, first, targets.next()));
    }

    /** Does nothing, because nothing is open. */
    @Override
    public void close() {}
}
