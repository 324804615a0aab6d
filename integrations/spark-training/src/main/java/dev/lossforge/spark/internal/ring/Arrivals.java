package dev.lossforge.spark.internal.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The frames that arrive from the worker before this one. While none arrives, the next worker is told every second that
 * this one lives, until the time limit is over.
 */
final class Arrivals {
    /** In place of the number of a sum. */
    private static final int STILL_WAITING = -1;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final Connections connections;
    private final Duration limit;

    /** @param limit for how long the worker before may send nothing */
    Arrivals(Connections connections, Duration limit) {
        this.connections = connections;
        this.limit = limit;
    }

    /**
     * Waits for the next frame of a sum.
     *
     * @throws PeerException if a worker is lost, or the one before hangs
     */
    ByteBuf next(Peer before, Peer after) {
        long silent = 0;
        while (true) {
            long begin = System.nanoTime();
            switch (poll()) {
                case Inbox.Arrival.Frame(ByteBuf bytes)
                when bytes.readableBytes() == Integer.BYTES && bytes.getInt(bytes.readerIndex()) == STILL_WAITING -> {
                    bytes.release();
                    silent = 0;
                }
                case Inbox.Arrival.Frame(ByteBuf bytes) -> {
                    return bytes;
                }
                case Inbox.Arrival.End(PeerException.Kind kind, String reason) ->
                    throw new PeerException(kind, "The " + before + " " + reason + ".");
                case null -> {
                    silent += Math.min(System.nanoTime() - begin, 2 * patience());
                    waitOn(silent, before, after);
                }
            }
        }
    }

    /**
     * How long to wait for a frame before telling the next worker. What takes far longer is a stop of this process, or
     * of its machine, in which nobody can be heard: it does not count.
     */
    private long patience() {
        return Math.min(PATIENCE, limit.toNanos() / 4);
    }

    private Inbox.@Nullable Arrival poll() {
        try {
            return connections.inbox().poll(patience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(PeerException.Kind.LOST, "This worker was interrupted.");
        }
    }

    /** Tells the next worker that this one lives, unless it is time to give up. */
    private void waitOn(long silent, Peer before, Peer after) {
        if (silent >= limit.toNanos()) {
            throw new PeerException(
                    PeerException.Kind.HUNG,
                    "The " + before + " has sent nothing for " + limit.toSeconds()
                            + " s, so it hangs; see its log, or allow more time.");
        }
        Channel channel = connections.next();
        if (!channel.isActive()) {
            throw new PeerException(PeerException.Kind.LOST, "The " + after + " closed the connection.");
        }
        connections.send(channel.alloc()
                .buffer(2 * Integer.BYTES)
                .writeInt(Integer.BYTES)
                .writeInt(STILL_WAITING));
    }
}
