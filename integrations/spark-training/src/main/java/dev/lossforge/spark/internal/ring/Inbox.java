package dev.lossforge.spark.internal.ring;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The frames that came from the worker before this one, in order, and at last why no more come. When many wait, it
 * stops reading from the connection, so that it holds no more than a few.
 */
final class Inbox extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int FULL = 16;
    private static final int EMPTY = 4;

    /** A frame, or the end of all. */
    sealed interface Arrival {
        record Frame(ByteBuf bytes) implements Arrival {}

        record End(PeerException.Kind kind, String reason) implements Arrival {}
    }

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private volatile @Nullable Channel channel;

    Inbox() {
        super(false);
    }

    /** The next one; null if none comes in this time. An end stays. */
    @Nullable
    Arrival poll(long nanos) throws InterruptedException {
        Arrival arrival = arrivals.poll(nanos, TimeUnit.NANOSECONDS);
        if (arrival instanceof Arrival.End) {
            arrivals.add(arrival);
        }
        Channel open = channel;
        if (open != null) {
            resumeIfEmpty(open);
        }
        return arrival;
    }

    private void resumeIfEmpty(Channel open) {
        if (!open.config().isAutoRead() && arrivals.size() <= EMPTY) {
            open.config().setAutoRead(true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        arrivals.add(new Arrival.Frame(frame));
        if (arrivals.size() >= FULL) {
            context.channel().config().setAutoRead(false);
            resumeIfEmpty(context.channel()); // all may have been taken before it stopped
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrivals.add(new Arrival.End(PeerException.Kind.LOST, "closed the connection"));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of closing
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        arrivals.add(
                cause instanceof TooLongFrameException
                        ? new Arrival.End(PeerException.Kind.FOREIGN, "sent more than belongs to this training")
                        : new Arrival.End(PeerException.Kind.LOST, "lost the connection (" + cause.getMessage() + ")"));
        context.close();
    }

    /** Gives back what nobody will look at. */
    void drain() {
        for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            if (arrival instanceof Arrival.Frame(ByteBuf bytes)) {
                bytes.release();
            }
        }
    }
}
