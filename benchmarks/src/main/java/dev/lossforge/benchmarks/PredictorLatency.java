package dev.lossforge.benchmarks;

import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.Predictor;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How long a prediction of one sample takes: an MLP of 32 → 32 → 32 → 1, by one thread and by eight. */
public final class PredictorLatency {
    private static final int WIDTH = 32;
    private static final int WARM_UP = 200_000;
    private static final int CALLS = 500_000;

    private PredictorLatency() {}

    /** Prints the percentiles in microseconds. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Predictor predictor = Sequential.builder()
                .input(WIDTH)
                .add(Dense.of(WIDTH, Activation.RELU))
                .add(Dense.of(WIDTH, Activation.RELU))
                .add(Dense.of(1))
                .build()
                .predictor();
        times(predictor, WARM_UP, 0);
        for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors(), 8}) {
            print(threads, inThreads(predictor, threads));
        }
    }

    private static long[] inThreads(Predictor predictor, int threads) throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                long seed = thread;
                all.add(pool.submit(() -> times(predictor, CALLS, seed)));
            }
            long[] merged = {};
            for (Future<long[]> some : all) {
                int length = merged.length;
                merged = Arrays.copyOf(merged, length + CALLS);
                System.arraycopy(some.get(), 0, merged, length, CALLS);
            }
            return merged;
        }
    }

    private static long[] times(Predictor predictor, int calls, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] sample = new float[WIDTH];
        long[] times = new long[calls];
        double sum = 0;
        for (int i = 0; i < calls; i++) {
            sample[i % WIDTH] = (float) random.nextDouble();
            long begin = System.nanoTime();
            sum += predictor.predict(Tensor.over(sample, 1, WIDTH)).array()[0];
            times[i] = System.nanoTime() - begin;
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("a prediction was NaN");
        }
        return times;
    }

    private static void print(int threads, long[] times) {
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%d threads: p50 %.2f µs, p99 %.2f µs, p99.9 %.2f µs%n",
                threads,
                percentile(times, 0.5),
                percentile(times, 0.99),
                percentile(times, 0.999));
    }

    private static double percentile(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1e3;
    }
}
