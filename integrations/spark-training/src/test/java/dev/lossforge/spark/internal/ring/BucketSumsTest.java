package dev.lossforge.spark.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sums of arrays that are still being filled. */
@Timeout(60)
class BucketSumsTest {
    private static final String HOST = "127.0.0.1";
    private static final int WORKERS = 3;
    private static final int LENGTH = 95;
    private static final int BUCKET = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Ring> rings = new ArrayList<>();

    private interface Work<T> {
        T run(int rank, BucketSums sums, float[] values) throws Exception;
    }

    @BeforeEach
    void join() throws Exception {
        Token token = Token.random();
        List<Peer> peers = new ArrayList<>();
        for (int rank = 0; rank < WORKERS; rank++) {
            rings.add(new Ring(rank, WORKERS, token, Duration.ofSeconds(30), HOST, 4));
            peers.add(new Peer(rank, HOST, rings.get(rank).port()));
        }
        List<Future<?>> joining = new ArrayList<>();
        rings.forEach(ring -> joining.add(threads.submit(() -> ring.join(peers))));
        for (Future<?> joined : joining) {
            joined.get();
        }
    }

    @AfterEach
    void close() {
        rings.forEach(Ring::close);
        threads.shutdownNow();
    }

    private <T> List<Future<T>> all(Work<T> work) {
        List<Future<T>> results = new ArrayList<>();
        for (int rank = 0; rank < WORKERS; rank++) {
            int own = rank;
            results.add(threads.submit(() -> {
                float[] values = new float[LENGTH];
                SplittableRandom random = new SplittableRandom(own);
                for (int i = 0; i < LENGTH; i++) {
                    values[i] = (float) random.nextDouble(-1, 1);
                }
                try (BucketSums sums = new BucketSums(rings.get(own), values, BUCKET)) {
                    return work.run(own, sums, values);
                } catch (PeerException e) {
                    rings.get(own).close();
                    throw e;
                }
            }));
        }
        return results;
    }

    private static List<float[]> values(List<Future<float[]>> results) throws Exception {
        List<float[]> values = new ArrayList<>();
        for (Future<float[]> result : results) {
            values.add(result.get());
        }
        return values;
    }

    /** The bits must not depend on how far the array was when someone told of it, on any worker. */
    @Test
    void sumsToTheSameBitsHoweverEarly() throws Exception {
        List<float[]> atTheEnd = values(all((rank, sums, values) -> {
            sums.begin();
            assertThat(sums.finish(rank)).isDeepEqualTo(new double[][] {{0}, {1}, {2}});
            return values;
        }));
        List<float[]> early = values(all((rank, sums, values) -> {
            sums.begin();
            for (int count = rank + 3; count < LENGTH; count += 7 * (rank + 1)) {
                sums.filled(count);
                Thread.sleep(rank);
            }
            assertThat(sums.finish(rank)).isDeepEqualTo(new double[][] {{0}, {1}, {2}});
            return values;
        }));
        assertThat(early.get(0)).isEqualTo(atTheEnd.get(0));
        assertThat(early.get(1)).isEqualTo(early.get(0));
        assertThat(early.get(2)).isEqualTo(early.get(0));
    }

    /** Nobody has finished yet, but two buckets of all are there. */
    @Test
    void sumsWhileTheRestIsBeingFilled() throws Exception {
        values(all((rank, sums, values) -> {
            float first = values[2 * BUCKET - 1];
            float later = values[2 * BUCKET];
            sums.begin();
            sums.filled(2 * BUCKET + 3);
            while (values[2 * BUCKET - 1] == first) {
                Thread.sleep(1);
            }
            assertThat(values[2 * BUCKET]).isEqualTo(later);
            sums.finish();
            assertThat(values[2 * BUCKET]).isNotEqualTo(later);
            return values;
        }));
    }

    @Test
    void saysThatAPeerDiedMeanwhile() {
        List<Future<Integer>> results = all((rank, sums, values) -> {
            sums.begin();
            if (rank == 1) {
                rings.get(1).close();
                return 0;
            }
            sums.filled(LENGTH);
            sums.finish();
            return 0;
        });
        assertThatThrownBy(() -> results.get(2).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("The worker 1 (127.0.0.1:");
    }

    /** Not even the sum of a first bucket that the others make it wait for. */
    @Test
    void countsNoTimeThatIsHidden() throws Exception {
        values(all((rank, sums, values) -> {
            float first = values[0];
            sums.begin();
            sums.filled(BUCKET);
            while (values[0] == first) {
                Thread.sleep(1);
            }
            assertThat(rings.get(rank).waitedNanos() + rings.get(rank).summedNanos())
                    .isZero();
            sums.finish();
            assertThat(rings.get(rank).waitedNanos() + rings.get(rank).summedNanos())
                    .isPositive();
            return values;
        }));
    }
}
