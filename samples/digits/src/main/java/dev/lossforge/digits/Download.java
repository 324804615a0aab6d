package dev.lossforge.digits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One download into memory. It is abandoned when nothing at all (no name resolved, no connection, no header, no further
 * byte) happens for the duration of the caller's patience.
 */
final class Download {
    /** The largest of the published files is 10 million bytes. */
    private static final int MAX_BYTES = 64 << 20;

    private static final long POLL_MILLIS = 100;
    private static final int OK = 200;

    /** Receives the number of bytes so far and the total number, which is negative if the server did not report it. */
    @FunctionalInterface
    interface Progress {
        void update(long done, long total);
    }

    private final URI address;
    private final Duration patience;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile long lastSign = System.nanoTime();
    private volatile long done;
    private volatile long total = -1;

    private Download(URI address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /** The body of {@code address}; {@code progress} is called on the calling thread. */
    static byte[] fetch(HttpClient client, URI address, Duration patience, Progress progress) throws IOException {
        return new Download(address, patience).run(client, progress);
    }

    private byte[] run(HttpClient client, Progress progress) throws IOException {
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(HttpRequest.newBuilder(address).build(), this::body);
        try {
            int status = await(exchange, progress).statusCode();
            if (status != OK) {
                throw new IOException("it answered with status " + status);
            }
            return received.toByteArray();
        } finally {
            exchange.cancel(true);
        }
    }

    private BodySubscriber<Void> body(ResponseInfo response) {
        lastSign = System.nanoTime();
        total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        return response.statusCode() == OK
                ? BodySubscribers.ofByteArrayConsumer(this::receive)
                : BodySubscribers.discarding();
    }

    private void receive(Optional<byte[]> chunk) {
        chunk.ifPresent(received::writeBytes);
        lastSign = System.nanoTime();
        done = received.size();
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> exchange, Progress progress)
            throws IOException {
        while (true) {
            try {
                return exchange.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.update(done, total);
                checkPatience();
                checkSize();
            } catch (ExecutionException e) {
                throw new IOException(reason(Objects.requireNonNullElse(e.getCause(), e)), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the download was interrupted");
            }
        }
    }

    private void checkPatience() throws HttpTimeoutException {
        if (System.nanoTime() - lastSign > patience.toNanos()) {
            throw new HttpTimeoutException("no answer for " + patience.toMillis() + " ms");
        }
    }

    private void checkSize() throws IOException {
        if (done > MAX_BYTES) {
            throw new IOException("it sends more than %d bytes".formatted(MAX_BYTES));
        }
    }

    private static String reason(Throwable failure) {
        String kind = failure instanceof ConnectException ? "no connection" : "failed";
        @Nullable String detail = failure.getMessage(); // null for an unknown host
        return detail == null ? kind : kind + ": " + detail;
    }
}
