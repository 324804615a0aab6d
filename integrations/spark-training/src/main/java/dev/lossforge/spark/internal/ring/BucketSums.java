package dev.lossforge.spark.internal.ring;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sums an array over all workers while it is still being filled, from its start: bucket by bucket, on a thread of its
 * own. The buckets follow from the length of the array, so that the sums have the same bits however early each part was
 * there. An array that fits one bucket is summed by the caller's thread.
 *
 * <pre>{@code
 * sums.begin();
 * compute(values, sums::filled);       // tells how many values at the start are final
 * double[][] numbers = sums.finish(own);
 * }</pre>
 */
public final class BucketSums implements AutoCloseable {
    /** 4 MiB of values: each bucket costs the latency of all rounds, which is to be little beside sending them. */
    static final int BUCKET_VALUES = 1 << 20;

    private final Ring ring;
    private final float[] values;
    private final int bucket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lossforge-ring").factory());
    private final Queue<Future<?>> running = new ArrayDeque<>();
    private int begun;

    /** For sums of this array. */
    public BucketSums(Ring ring, float[] values) {
        this(ring, values, BUCKET_VALUES);
    }

    BucketSums(Ring ring, float[] values, int bucket) {
        this.ring = ring;
        this.values = values;
        this.bucket = bucket;
    }

    /** The array is to be filled anew. */
    public void begin() {
        begun = 0;
        ring.hide();
    }

    /** So many values at the start of the array are final. Any thread may call it, one after another. */
    public void filled(int count) {
        while (begun + bucket <= count && begun + bucket < values.length) {
            int from = begun;
            begun += bucket;
            running.add(thread.submit(() -> ring.sum(values, from, from + bucket)));
        }
    }

    /**
     * All values are final; returns when they are all summed.
     *
     * @param numbers as for {@link Ring#sum}
     * @return the numbers of all workers, by rank
     * @throws PeerException if another worker is lost, hangs, or does something else
     */
    public double[][] finish(double... numbers) {
        ring.show();
        filled(values.length);
        while (!running.isEmpty()) {
            await(running.remove());
        }
        return ring.sum(values, begun, values.length, numbers);
    }

    private static void await(Future<?> sum) {
        try {
            sum.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PeerException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(PeerException.Kind.LOST, "This worker was interrupted.");
        }
    }

    /** Ends the thread, also in the middle of a sum. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
