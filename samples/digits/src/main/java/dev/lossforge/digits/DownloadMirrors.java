package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The public mirrors of MNIST, asked in turn; one that fails is not asked again. */
final class DownloadMirrors implements AutoCloseable {
    private static final List<URI> PUBLIC = List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A file as the mirror sent it, and its contents. */
    static final class Fetched {
        private final byte[] gzipped;
        private final IdxArray array;

        private Fetched(byte[] gzipped, IdxArray array) {
            this.gzipped = gzipped;
            this.array = array;
        }

        byte[] gzipped() {
            return gzipped;
        }

        IdxArray array() {
            return array;
        }
    }

    private final Deque<URI> remaining;
    private final Duration patience;
    private final DataListener listener;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    /** Uses the mirrors at {@code addresses}, each of which ends with a slash. */
    DownloadMirrors(Collection<URI> addresses, Duration patience, DataListener listener) {
        this.remaining = new ArrayDeque<>(addresses);
        this.patience = patience;
        this.listener = listener;
    }

    static DownloadMirrors known(DataListener listener) {
        return new DownloadMirrors(PUBLIC, PATIENCE, listener);
    }

    /** The file from the first mirror that has it with the published checksum. */
    Fetched fetch(MnistFile file) {
        for (URI mirror; (mirror = remaining.peek()) != null; remaining.remove()) {
            URI address = mirror.resolve(file.gzippedName());
            try {
                return fetch(file, address);
            } catch (IOException | DataException e) {
                listener.notice("%s: %s".formatted(address, e.getMessage()));
            }
        }
        throw new DataException(
                "No mirror has %s; check the network, or give a folder with --data.".formatted(file.gzippedName()));
    }

    private Fetched fetch(MnistFile file, URI address) throws IOException {
        String step = "downloading " + file.gzippedName();
        listener.progress(step, 0, -1);
        byte[] gzipped =
                Download.fetch(client, address, patience, (done, total) -> listener.progress(step, done, total));
        IdxArray array = IdxReader.read(file.gzippedName(), new ByteArrayInputStream(gzipped), file.form());
        if (!array.sha256().equals(file.sha256())) {
            throw new DataException(
                    "it holds something else: SHA-256 %s, published %s.".formatted(array.sha256(), file.sha256()));
        }
        listener.progress(step, gzipped.length, gzipped.length);
        return new Fetched(gzipped, array);
    }

    @Override
    public void close() {
        client.shutdownNow(); // close() would wait for a mirror that does not answer
    }
}
