package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in batches, epoch after epoch. Two batches are allocated once, one of the full size and one for the rest,
 * and filled again and again: a batch is valid until the next one is drawn, and only one iteration runs at a time.
 */
public final class Batches implements Iterable<Batch> {
    private final Dataset dataset;
    private final int batchSize;
    private final int[] order;
    private final @Nullable Batch full;
    private final @Nullable Batch rest;

    Batches(Dataset dataset, int batchSize) {
        if (batchSize < 1) {
            throw new DataException("A batch has at least 1 sample, but the batch size is " + batchSize + ".");
        }
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.order = IntStream.range(0, dataset.size()).toArray();
        this.full = order.length < batchSize ? null : allocate(batchSize);
        this.rest = order.length % batchSize == 0 ? null : allocate(order.length % batchSize);
    }

    private Batch allocate(int samples) {
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        dataset.namedInputs()
                .forEach((name, values) ->
                        inputs.put(name, Tensor.zeros(values.shape().withSamples(samples))));
        SequencedMap<String, Data> targets = new LinkedHashMap<>();
        dataset.namedTargets()
                .forEach((name, values) ->
                        targets.put(name, values.zerosLike(values.shape().withSamples(samples))));
        return new Batch(inputs, targets, dataset.weights() == null ? null : Tensor.zeros(samples));
    }

    /** The number of batches in an epoch. */
    public int count() {
        return Math.ceilDiv(order.length, batchSize);
    }

    /**
     * Puts the samples in the order of this epoch, which follows from seed and epoch alone; every order is equally
     * likely.
     */
    public void shuffle(long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch);
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

    /** One epoch, in the present order. */
    @Override
    public Iterator<Batch> iterator() {
        return after(0);
    }

    /** The rest of an epoch, in the current order, after {@code batches} of its batches. */
    public Iterator<Batch> after(int batches) {
        return new Iterator<>() {
            private int next = (int) Math.min((long) batches * batchSize, order.length);

            @Override
            public boolean hasNext() {
                return next < order.length;
            }

            @Override
            public Batch next() {
                Batch batch = order.length - next >= batchSize ? full : rest;
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
        gather(dataset.namedInputs(), from, batch.namedInputs());
        gather(dataset.namedTargets(), from, batch.namedTargets());
        Tensor weights = dataset.weights();
        if (weights != null && batch.weights() != null) {
            weights.gatherRows(order, from, batch.weights());
        }
    }

    private void gather(SequencedMap<String, ? extends Data> all, int from, SequencedMap<String, ? extends Data> some) {
        Iterator<? extends Data> targets = some.values().iterator();
        all.values().forEach(values -> values.gatherRows(order, from, targets.next()));
    }
}
