package dev.lossforge.spark.internal.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes the connection to the next worker as slow as one between machines: what is written goes out one after another
 * at some bandwidth, and arrives some time later. The loopback's own time comes on top.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what is delayed: a failure closes the connection
public final class SlowLine extends ChannelOutboundHandlerAdapter {
    private final long latencyNanos;
    private final double bytesPerNano;

    /** Netty's own clock counts milliseconds. */
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

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
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        long now = System.nanoTime();
        free = Math.max(now, free) + (long) (bytes / bytesPerNano);
        clock.schedule(() -> context.writeAndFlush(message, promise), free + latencyNanos - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        clock.shutdown();
    }
}
