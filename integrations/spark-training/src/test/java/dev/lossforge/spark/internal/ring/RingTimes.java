package dev.lossforge.spark.internal.ring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times sums over the loopback, for docs/scaling.md, which says how to run it. */
@EnabledIfSystemProperty(named = "lossforge.measure", matches = "true", disabledReason = "measures, and tests nothing")
class RingTimes {
    private static final String HOST = "127.0.0.1";

    @ParameterizedTest
    @CsvSource({"2,1000,2000", "2,100000,2000", "2,10000000,60", "4,100000,1000", "4,10000000,30"})
    void sum(int workers, int length, int rounds) throws Exception {
        Token token = Token.random();
        List<Ring> rings = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            rings.add(new Ring(rank, workers, token, Duration.ofSeconds(30), HOST));
            peers.add(new Peer(rank, HOST, rings.get(rank).port()));
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<double[]>> times = rings.stream()
                    .map(ring -> threads.submit(() -> times(ring, peers, length, rounds)))
                    .toList();
            double[] first = times.getFirst().get();
            for (Future<double[]> others : times) {
                others.get();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d workers, %d values: median %.2f ms, least %.2f ms%n",
                    workers,
                    length,
                    first[first.length / 2],
                    first[0]);
        }
    }

    /** In milliseconds, sorted; those of the first half, in which Java compiles, left out. */
    private static double[] times(Ring open, List<Peer> peers, int length, int rounds) {
        try (Ring ring = open) {
            ring.join(peers);
            float[] values = new float[length];
            double[] times = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                ring.sum(values);
                times[round] = (System.nanoTime() - start) * 1e-6;
            }
            double[] later = Arrays.copyOfRange(times, rounds / 2, rounds);
            Arrays.sort(later);
            return later;
        }
    }
}
