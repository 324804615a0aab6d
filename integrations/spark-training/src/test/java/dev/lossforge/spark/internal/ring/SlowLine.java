package dev.lossforge.spark.internal.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the connection to the next worker as slow as one between machines: what is written goes out one after another
 * at some bandwidth, and arrives some time later. The loopback's own time comes on top.
 */
public final class SlowLine extends ChannelOutboundHandlerAdapter {
    private final long latencyNanos;
    private final double bytesPerNano;

    /** Holds back what is on its way, in order; Netty's own clock counts milliseconds. */
    private final ExecutorService line =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private long free = System.nanoTime();

    private SlowLine(double latencySeconds, double bytesPerSecond) {
        this.latencyNanos = (long) (latencySeconds * 1e9);
        this.bytesPerNano = bytesPerSecond * 1e-9;
    }

    /** A place in a ring of such lines. */
    public static Ring ring(int rank, int workers, Token token, double latencySeconds, double bytesPerSecond) {
        return new Ring(
                rank,
                workers,
                token,
                Duration.ofSeconds(60),
                "127.0.0.1",
                Ring.FRAME_VALUES,
                pipeline -> pipeline.addLast(new SlowLine(latencySeconds, bytesPerSecond)));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        free = Math.max(System.nanoTime(), free) + (long) (bytes / bytesPerNano);
        long arrival = free + latencyNanos;
        line.execute(() -> {
            for (long left = arrival - System.nanoTime(); left > 0; left = arrival - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            context.writeAndFlush(message, promise);
        });
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        line.shutdown();
    }
}
