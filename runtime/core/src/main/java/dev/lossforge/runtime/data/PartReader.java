package dev.lossforge.runtime.data;

import dev.lossforge.runtime.LossforgeException;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a stream ahead, in a separate thread. */
final class PartReader implements AutoCloseable {
    /**
     * The number of parts read ahead. While training uses one part, the next one waits and another one is being read.
     */
    private static final int AHEAD = 1;

    /** A message from the reading thread. */
    private sealed interface Message {
        record Part(Batch samples) implements Message {}

        record Failure(Throwable cause) implements Message {}

        record End() implements Message {}
    }

    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(AHEAD);
    private final Iterator<Dataset> parts;
    private final Thread thread;

    PartReader(Iterator<Dataset> parts) {
        this.parts = parts;
        this.thread = Thread.ofPlatform().daemon().name("lossforge-reader").start(this::read);
    }

    private void read() {
        try {
            messages.put(last());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the reader has stopped
        }
    }

    /** Hands over all parts, and returns the final message. */
    private Message last() throws InterruptedException {
        try {
            handOver();
            return new Message.End();
        } catch (RuntimeException | Error e) {
            return new Message.Failure(e);
        }
    }

    private void handOver() throws InterruptedException {
        try {
            while (parts.hasNext()) {
                messages.put(new Message.Part(part(parts.next())));
            }
        } finally {
            closeParts();
        }
    }

    private static Batch part(@Nullable Dataset part) {
        if (part == null) {
            throw new DataException("A part of the stream is null; end the stream by hasNext() instead.");
        }
        return part.beginning();
    }

    private void closeParts() {
        if (parts instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new DataException("The stream could not be closed: " + e.getMessage(), e);
            }
        }
    }

    /** The next part; null at the end of the stream. */
    @Nullable
    Batch next() {
        try {
            return switch (messages.take()) {
                case Message.Part part -> part.samples();
                case Message.End end -> null;
                case Message.Failure failure -> throw failed(failure.cause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("The thread was interrupted while it waited for data.", e);
        }
    }

    private static DataException failed(Throwable cause) {
        if (cause instanceof LossforgeException known) {
            return new DataException(String.valueOf(known.getMessage()), known);
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new DataException("The stream could not be read: " + why + (why.endsWith(".") ? "" : "."), cause);
    }

    /** Ends the thread, which closes the stream. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
