package dev.lossforge.spark.internal.ring;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The two connections of a worker: one comes from the worker before it, one goes to the worker behind it. Whoever
 * connects shows first that it belongs to the job, in a frame of fixed length, and is answered by the same; all others
 * are cut off at once, those that say nothing after the time limit. Nobody listens any more once the ring is closed.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // of what closes or is sent: a failure closes the connection, which is noticed
final class Connections implements AutoCloseable {
    private static final int GREETING_LENGTH = Integer.BYTES + Token.PROOF_LENGTH;

    private final Token token;
    private final Duration limit;
    private final int maxFrame;
    private final EventLoopGroup group = events();
    private final Inbox inbox = new Inbox();
    private final CompletableFuture<Integer> before = new CompletableFuture<>();
    private final Channel listening;
    private final Consumer<ChannelPipeline> line;
    private final int rank;
    private final int workers;
    private @Nullable Channel next;

    /** Binds a port of the system's choice at this address; the worker before this one may come from now on. */
    Connections(
            int rank,
            int workers,
            Token token,
            Duration limit,
            String host,
            int maxFrame,
            Consumer<ChannelPipeline> line) {
        this.line = line;
        this.rank = rank;
        this.workers = workers;
        this.token = token;
        this.limit = limit;
        this.maxFrame = maxFrame;
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(4 << 10, 64 << 10, 512 << 10))
                .childHandler(greeted(pipeline -> {}, Doorkeeper::new))
                .bind(host, 0)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new PeerException(
                    PeerException.Kind.LOST,
                    "This worker cannot listen at " + host + ": "
                            + bound.cause().getMessage() + ".");
        }
        this.listening = bound.channel();
    }

    /** The kind of event loop that the versions of Netty in all releases of Spark 4 have. */
    @SuppressWarnings("deprecation")
    private static EventLoopGroup events() {
        return new NioEventLoopGroup(1);
    }

    private ChannelInitializer<SocketChannel> greeted(
            Consumer<ChannelPipeline> first, Supplier<ChannelHandler> handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                first.accept(channel.pipeline());
                channel.pipeline()
                        .addLast("limit", new ReadTimeoutHandler(limit.toMillis(), TimeUnit.MILLISECONDS))
                        .addLast("frames", frames(GREETING_LENGTH))
                        .addLast("greeting", handler.get());
            }
        };
    }

    private static LengthFieldBasedFrameDecoder frames(int maxContent) {
        return new LengthFieldBasedFrameDecoder(maxContent + Integer.BYTES, 0, Integer.BYTES, 0, Integer.BYTES);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    Inbox inbox() {
        return inbox;
    }

    /** Where frames to the next worker go. */
    Channel next() {
        Channel channel = next;
        if (channel == null) {
            throw new IllegalStateException("The ring is not closed yet.");
        }
        return channel;
    }

    /** Sends to the next worker. What fails closes the connection, which the next that waits for a frame notices. */
    void send(ByteBuf bytes) {
        Channel channel = next();
        channel.writeAndFlush(bytes, channel.voidPromise());
    }

    /**
     * Returns when the thread of the connections has begun to send all that was written. The caller is about to
     * compute; on the same core, that thread would have to wait for milliseconds until it is given its turn, and with
     * it the next worker.
     */
    void awaitSending() {
        next().eventLoop().submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /** Connects to the next worker, and waits for the one before. */
    void join(Peer previous, Peer following) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        ChannelFuture connected = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE))
                .handler(greeted(line, () -> new Guest(answer, following.rank())))
                .connect(following.host(), following.port())
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw new PeerException(
                    PeerException.Kind.LOST,
                    "The " + following + " cannot be reached: "
                            + connected.cause().getMessage() + ".");
        }
        next = connected.channel();
        await(answer, following, "let this worker into the ring");
        await(before, previous, "join the ring");
        listening.close();
    }

    private void await(CompletableFuture<Integer> greeting, Peer peer, String what) {
        try {
            greeting.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PeerException refusal
                    ? new PeerException(refusal.kind(), "The " + peer + " " + refusal.getMessage() + ".")
                    : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new PeerException(
                    PeerException.Kind.HUNG,
                    "The " + peer + " did not " + what + " within " + limit.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(PeerException.Kind.LOST, "This worker was interrupted.");
        }
    }

    private ByteBuf greeting(Channel channel, int to) {
        return channel.alloc()
                .buffer(Integer.BYTES + GREETING_LENGTH)
                .writeInt(GREETING_LENGTH)
                .writeInt(rank)
                .writeBytes(token.proof(rank, to));
    }

    private boolean holds(ByteBuf greeting, int from) {
        byte[] proof = new byte[Token.PROOF_LENGTH];
        if (greeting.readableBytes() != GREETING_LENGTH || greeting.readInt() != from) {
            return false;
        }
        greeting.readBytes(proof);
        return MessageDigest.isEqual(proof, token.proof(from, rank));
    }

    /** Lets the worker before this one in, and nobody else. */
    private final class Doorkeeper extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf greeting) {
            int from = Math.floorMod(rank - 1, workers);
            if (before.isDone() || !holds(greeting, from)) {
                context.close();
                return;
            }
            context.writeAndFlush(greeting(context.channel(), from));
            context.pipeline().remove("limit");
            context.pipeline().replace("frames", "frames", frames(maxFrame));
            context.pipeline().replace(this, "inbox", inbox);
            before.complete(from);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Asks to be let in by the next worker, which says nothing else. */
    private final class Guest extends SimpleChannelInboundHandler<ByteBuf> {
        private final CompletableFuture<Integer> answer;
        private final int host;

        Guest(CompletableFuture<Integer> answer, int host) {
            this.answer = answer;
            this.host = host;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(greeting(context.channel(), host));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf greeting) {
            if (!answer.isDone() && holds(greeting, host)) {
                context.pipeline().remove("limit");
                answer.complete(host);
            } else {
                answer.completeExceptionally(
                        new PeerException(PeerException.Kind.FOREIGN, "does not belong to this job"));
                context.close();
            }
        }

        /** Most often the other one failed by itself; one that this worker is a stranger to closes as well. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new PeerException(
                    PeerException.Kind.LOST, "closed the connection instead of letting this worker into the ring"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Closes both connections; what was sent before arrives. */
    @Override
    public void close() {
        listening.close();
        Channel channel = next;
        if (channel != null) {
            // An empty write is done when all writes before it are.
            channel.writeAndFlush(channel.alloc().buffer(0)).awaitUninterruptibly(1, TimeUnit.SECONDS);
            channel.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        inbox.drain();
    }
}
