package dev.lossforge.spark.internal.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A worker's place in the ring. All workers call the same methods with arrays of the same lengths, one after another;
 * sums have the same bits on all of them, and again whenever they are made of the same values.
 *
 * <pre>{@code
 * try (Ring ring = new Ring(0, 2, token, Duration.ofSeconds(60), "10.0.0.1")) {
 *     ring.join(peers);             // after all know each other's ports
 *     double[][] numbers = ring.sum(gradients, own);
 * }
 * }</pre>
 *
 * <p>A worker that waits tells the next one so every second. One that sends nothing at all for the time limit hangs:
 * the others know it by name, and close the ring.
 */
public final class Ring implements AutoCloseable {
    /** The values of a frame: 256 KiB, large enough that the overhead of a frame does not count. */
    static final int FRAME_VALUES = 1 << 16;

    /** The most numbers that go with an array. */
    public static final int MAX_NUMBERS = 1024;

    private static final int HEADER = 2 * Integer.BYTES;

    /**
     * How many frames are on their way to the next worker before one from the worker before is waited for: 2 MiB, what
     * a line of 1 GB/s holds if it takes 2 ms. With more, the frames of several workers on one machine leave its cache.
     */
    private static final int AHEAD = 8;

    private final int rank;
    private final int workers;
    private final int frameValues;
    private final Connections connections;
    private final Arrivals arrivals;
    private final float[] received;
    private final RingClock clock = new RingClock();
    private List<Peer> peers = List.of();
    private int sums;

    /**
     * Listens for the worker before this one.
     *
     * @param rank this worker's number, from 0
     * @param limit for how long another worker may send nothing
     * @param host the address to listen at
     */
    public Ring(int rank, int workers, Token token, Duration limit, String host) {
        this(rank, workers, token, limit, host, FRAME_VALUES);
    }

    Ring(int rank, int workers, Token token, Duration limit, String host, int frameValues) {
        this(rank, workers, token, limit, host, frameValues, pipeline -> {});
    }

    /** @param line puts handlers before all others of the connection to the next worker */
    Ring(
            int rank,
            int workers,
            Token token,
            Duration limit,
            String host,
            int frameValues,
            Consumer<ChannelPipeline> line) {
        this.rank = rank;
        this.workers = workers;
        this.frameValues = frameValues;
        this.received = new float[frameValues];
        int maxFrame = HEADER + MAX_NUMBERS * Double.BYTES + frameValues * Float.BYTES;
        this.connections = new Connections(rank, workers, token, limit, host, maxFrame, line);
        this.arrivals = new Arrivals(connections, limit);
    }

    /** The port that the worker before this one is to connect to. */
    public int port() {
        return connections.port();
    }

    /**
     * Closes the ring: connects to the next worker and waits for the one before.
     *
     * @param all the workers by rank
     * @throws PeerException if one of both is not there, or not of this job
     */
    public void join(List<Peer> all) {
        peers = List.copyOf(all);
        if (workers > 1) {
            connections.join(before(), next());
        }
    }

    private Peer before() {
        return peers.get(Math.floorMod(rank - 1, workers));
    }

    private Peer next() {
        return peers.get((rank + 1) % workers);
    }

    public int workers() {
        return workers;
    }

    /** How long this worker has waited for others to begin a sum, in nanoseconds; what is hidden left out. */
    public long waitedNanos() {
        return clock.waited();
    }

    /** How long sums have taken, the waiting and what is hidden left out, in nanoseconds. */
    public long summedNanos() {
        return clock.summed();
    }

    /** From now on, time in the ring is hidden: meanwhile, this worker computes. Any thread may call it. */
    void hide() {
        clock.hide();
    }

    /** From now on, time in the ring counts again. Any thread may call it. */
    void show() {
        clock.show();
    }

    /**
     * Replaces the values by their sums over all workers.
     *
     * @param numbers of this worker, such as counts; at most {@link #MAX_NUMBERS}, as many on all workers
     * @return the numbers of all workers, by rank
     * @throws PeerException if another worker is lost, hangs, or does something else
     */
    public double[][] sum(float[] values, double... numbers) {
        return sum(values, 0, values.length, numbers);
    }

    /**
     * The same for the values {@code from} to {@code to - 1} of an array. Another thread may write the others
     * meanwhile.
     *
     * @param numbers of this worker, such as counts; at most {@link #MAX_NUMBERS}, as many on all workers
     * @return the numbers of all workers, by rank
     * @throws PeerException if another worker is lost, hangs, or does something else
     */
    public double[][] sum(float[] values, int from, int to, double... numbers) {
        double[][] all = new double[workers][];
        all[rank] = numbers.clone();
        if (workers == 1) {
            return all;
        }
        long start = System.nanoTime();
        long waitedBefore = clock.waited();
        sums++;
        Chunks chunks = Chunks.of(from, to - from, workers, rank, frameValues);
        int ahead = Math.min(AHEAD, chunks.frames());
        for (int frame = 0; frame < ahead; frame++) {
            send(chunks, frame, values, all);
        }
        for (int frame = 0; frame < chunks.total(); frame++) {
            receive(chunks, frame, values, all);
            if (frame + ahead < chunks.total()) {
                send(chunks, frame + ahead, values, all);
            }
        }
        connections.awaitSending();
        clock.addSum(start, waitedBefore);
        return all;
    }

    private void send(Chunks chunks, int frame, float[] values, double[][] all) {
        int owner = chunks.sentOwner(frame);
        Chunks.Range range = chunks.range(owner, frame);
        double[] numbers = chunks.hasNumbers(frame) ? all[owner] : new double[0];
        int size = HEADER + numbers.length * Double.BYTES + range.size() * Float.BYTES;
        ByteBuf bytes = connections.next().alloc().directBuffer(Integer.BYTES + size);
        bytes.writeInt(size).writeInt(sums).writeInt(frame);
        for (double number : numbers) {
            bytes.writeDouble(number);
        }
        floats(bytes, bytes.writerIndex(), range.size()).put(values, range.from(), range.size());
        bytes.writerIndex(Integer.BYTES + size);
        connections.send(bytes);
    }

    private static FloatBuffer floats(ByteBuf bytes, int index, int count) {
        return bytes.nioBuffer(index, count * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    private void receive(Chunks chunks, int frame, float[] values, double[][] all) {
        int owner = chunks.owner(frame);
        Chunks.Range range = chunks.range(owner, frame);
        int numbers = chunks.hasNumbers(frame) ? all[rank].length : 0;
        long before = System.nanoTime();
        ByteBuf bytes = next(HEADER + numbers * Double.BYTES + range.size() * Float.BYTES, frame);
        if (frame == 0) {
            clock.addWaiting(before);
        }
        try {
            if (chunks.hasNumbers(frame)) {
                all[owner] = new double[numbers];
                for (int i = 0; i < numbers; i++) {
                    all[owner][i] = bytes.readDouble();
                }
            }
            floats(bytes, bytes.readerIndex(), range.size()).get(received, 0, range.size());
        } finally {
            bytes.release();
        }
        if (chunks.isAdded(frame)) {
            add(values, range);
        } else {
            System.arraycopy(received, 0, values, range.from(), range.size());
        }
    }

    private void add(float[] values, Chunks.Range range) {
        int from = range.from();
        for (int i = 0; i < range.size(); i++) {
            values[from + i] = received[i] + values[from + i];
        }
    }

    /** The next frame, its header read. */
    private ByteBuf next(int size, int frame) {
        ByteBuf bytes = arrivals.next(before(), next());
        int sent = bytes.readableBytes();
        if (sent != size || bytes.readInt() != sums || bytes.readInt() != frame) {
            bytes.release();
            throw new PeerException(
                    PeerException.Kind.FOREIGN,
                    "The " + before() + " sent " + sent + " bytes where " + size
                            + " are due; all workers must train the same model with the same options.");
        }
        return bytes;
    }

    /** Leaves the ring. What was sent arrives. */
    @Override
    public void close() {
        connections.close();
    }
}
