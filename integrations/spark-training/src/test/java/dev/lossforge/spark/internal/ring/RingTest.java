package dev.lossforge.spark.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RingTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration HASTY = Duration.ofSeconds(1);

    /** Small, so that short arrays go in several frames. */
    private static final int FRAME = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Ring> rings = new ArrayList<>();

    @AfterEach
    void close() {
        rings.forEach(Ring::close);
        threads.shutdownNow();
    }

    private List<Ring> ring(int workers, Duration limit) {
        Token token = Token.random();
        for (int rank = 0; rank < workers; rank++) {
            rings.add(new Ring(rank, workers, token, limit, HOST, FRAME));
        }
        return rings;
    }

    private static List<Peer> peers(List<Ring> rings) {
        List<Peer> peers = new ArrayList<>();
        for (int rank = 0; rank < rings.size(); rank++) {
            peers.add(new Peer(rank, HOST, rings.get(rank).port()));
        }
        return peers;
    }

    private interface Work<T> {
        T run(int rank, Ring ring);
    }

    /** Does the work of all at once; a worker that fails leaves the ring. */
    private <T> List<Future<T>> all(List<Ring> rings, Work<T> work) {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int rank = 0; rank < rings.size(); rank++) {
            int own = rank;
            tasks.add(() -> {
                try {
                    return work.run(own, rings.get(own));
                } catch (PeerException e) {
                    rings.get(own).close();
                    throw e;
                }
            });
        }
        return tasks.stream().map(threads::submit).toList();
    }

    private static void join(List<Future<Integer>> results) throws Exception {
        for (Future<Integer> result : results) {
            result.get(50, TimeUnit.SECONDS);
        }
    }

    private void joined(List<Ring> rings) throws Exception {
        List<Peer> peers = peers(rings);
        join(all(rings, (rank, ring) -> {
            ring.join(peers);
            return 0;
        }));
    }

    private static float[] values(int rank, int length) {
        SplittableRandom random = new SplittableRandom(rank);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** A sum of five numbers below 1 is off by at most 5 · 5 · 2⁻²⁴. */
    @ParameterizedTest
    @CsvSource({"1,7", "2,0", "2,1", "2,7", "2,64", "3,2", "3,37", "4,1", "4,101", "5,3", "5,64", "5,333"})
    void sumsAndSaysTheSameToAll(int workers, int length) throws Exception {
        List<Ring> rings = ring(workers, PATIENT);
        joined(rings);
        for (int round = 0; round < 3; round++) {
            List<Future<float[]>> sums = all(rings, (rank, ring) -> {
                float[] values = values(rank, length);
                double[][] numbers = ring.sum(values, rank, 0.5 * rank);
                for (int other = 0; other < workers; other++) {
                    assertThat(numbers[other]).containsExactly(other, 0.5 * other);
                }
                return values;
            });
            float[] first = sums.getFirst().get();
            for (int i = 0; i < length; i++) {
                double exact = 0;
                for (int rank = 0; rank < workers; rank++) {
                    exact += values(rank, length)[i];
                }
                assertThat((double) first[i]).isCloseTo(exact, within(1.5e-6));
            }
            for (Future<float[]> sum : sums) {
                assertThat(sum.get()).isEqualTo(first);
            }
        }
    }

    /** Whatever comes when, and whatever the frames: 1e8 swallows a 1, unless its opposite was added before. */
    @Test
    void addsInTheSameOrderAlways() throws Exception {
        List<Ring> rings = ring(3, PATIENT);
        joined(rings);
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 10; round++) {
            long[] delays = {random.nextLong(20), random.nextLong(20), random.nextLong(20)};
            for (Future<float[]> sum : all(rings, (rank, ring) -> {
                pause(delays[rank]);
                float[] own = new float[3];
                Arrays.fill(own, rank == 0 ? 1e8f : rank == 1 ? 1 : -1e8f);
                ring.sum(own);
                return own;
            })) {
                // Chunk 0 adds from worker 0 on, chunk 1 from 1 on: (1 − 1e8) + 1e8, chunk 2 from 2 on.
                assertThat(sum.get()).containsExactly(0, 0, 1);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PeerException failure(Future<?> result) {
        try {
            result.get(50, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (PeerException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("It went well.");
    }

    @Test
    void namesThePeerThatDied() throws Exception {
        List<Ring> rings = ring(3, PATIENT);
        joined(rings);
        List<Future<Integer>> results = all(rings, (rank, ring) -> {
            ring.sum(new float[10]);
            if (rank == 1) {
                ring.close();
                return 0;
            }
            ring.sum(new float[10]);
            return 0;
        });
        assertThat(failure(results.get(2)).getMessage())
                .matches("The worker 1 \\(127\\.0\\.0\\.1:\\d+\\) closed the connection\\.");
        assertThat(failure(results.get(0)).kind()).isEqualTo(PeerException.Kind.LOST);
    }

    /** The one that waits on another who waits lives; the one that says nothing hangs. */
    @Test
    void cutsOffThePeerThatHangs() throws Exception {
        List<Ring> rings = ring(3, HASTY);
        joined(rings);
        List<Future<Integer>> results = all(rings, (rank, ring) -> {
            if (rank == 1) {
                pause(3_000);
                return 0;
            }
            ring.sum(new float[10]);
            return 0;
        });
        assertThat(failure(results.get(2)).kind()).isEqualTo(PeerException.Kind.HUNG);
        assertThat(failure(results.get(2)))
                .hasMessageContaining("The worker 1 (127.0.0.1:")
                .hasMessageContaining("hangs");
        assertThat(failure(results.get(0)).kind()).isEqualTo(PeerException.Kind.LOST);
    }

    /** Both rings stay open until both have failed, so that neither is lost to the other. */
    @Test
    void letsNobodyInWithAnotherToken() {
        rings.add(new Ring(0, 2, Token.random(), HASTY, HOST, FRAME));
        rings.add(new Ring(1, 2, Token.random(), HASTY, HOST, FRAME));
        List<Peer> peers = peers(rings);
        List<Future<?>> results = new ArrayList<>();
        for (Ring ring : rings) {
            results.add(threads.submit(() -> ring.join(peers)));
        }
        assertThat(failure(results.get(0))).hasMessage(closedAtOnce(peers.get(1).port()));
        assertThat(failure(results.get(1))).hasMessageContaining("instead of letting this worker into the ring");
    }

    private static String closedAtOnce(int port) {
        return "The worker 1 (127.0.0.1:" + port
                + ") closed the connection instead of letting this worker into the ring.";
    }

    /** It may be there again in the next job; what was wrong with it, it says itself. */
    @Test
    void takesAPeerForLostThatClosesWhileJoining() throws Exception {
        rings.add(new Ring(0, 2, Token.random(), PATIENT, HOST, FRAME));
        try (ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Peer> peers =
                    List.of(new Peer(0, HOST, rings.getFirst().port()), new Peer(1, HOST, dying.getLocalPort()));
            Future<?> result = threads.submit(() -> rings.getFirst().join(peers));
            dying.accept().close();
            PeerException failure = failure(result);
            assertThat(failure.kind()).isEqualTo(PeerException.Kind.LOST);
            assertThat(failure).hasMessageStartingWith("The worker 1 (127.0.0.1:" + dying.getLocalPort() + ") closed");
        }
    }

    /** A member may send no more than a frame holds either. */
    @Test
    void boundsTheFramesOfMembers() throws Exception {
        Token token = Token.random();
        rings.add(new Ring(0, 2, token, PATIENT, HOST, FRAME));
        rings.add(new Ring(1, 2, token, PATIENT, HOST, 1 << 16));
        joined(rings);
        List<Future<Integer>> results = all(rings, (rank, ring) -> {
            ring.sum(new float[100_000]);
            return 0;
        });
        assertThat(failure(results.get(0))).hasMessageContaining("sent more than belongs to this training");
    }

    @Test
    void noticesOtherLengths() throws Exception {
        List<Ring> rings = ring(2, PATIENT);
        joined(rings);
        List<Future<Integer>> results = all(rings, (rank, ring) -> {
            ring.sum(new float[rank == 0 ? 6 : 8]);
            return 0;
        });
        assertThat(failure(results.get(0)))
                .hasMessageContaining("all workers must train the same model with the same options");
    }

    @Test
    void saysWhatCannotBeReached() {
        Token token = Token.random();
        rings.add(new Ring(0, 2, token, HASTY, HOST, FRAME));
        List<Peer> peers = List.of(new Peer(0, HOST, rings.getFirst().port()), new Peer(1, HOST, 1));
        assertThatThrownBy(() -> rings.getFirst().join(peers))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("The worker 1 (127.0.0.1:1) cannot be reached");
    }

    @Test
    void keepsItsTokenToItself() {
        Token token = Token.random();
        assertThat(token.toString()).doesNotContain(token.hex());
        assertThat(token.proof(0, 1)).isNotEqualTo(token.proof(1, 0));
        assertThat(token.proof(0, 1)).isNotEqualTo(Token.random().proof(0, 1));
    }
}
