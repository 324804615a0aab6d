package dev.lossforge.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lossforge.runtime.data.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from servers on this machine, good, bad and silent ones. */
class DownloadMirrorsTest {
    private static final Path PUBLISHED = Path.of("../../../shared/mnist");

    private final Heard heard = new Heard();
    private final List<HttpServer> servers = new ArrayList<>();

    @TempDir
    private Path caches;

    @AfterEach
    void stopServers() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void downloadsEachFileOnceAndKeepsIt() throws IOException {
        assumeTrue(Files.isDirectory(PUBLISHED), "the published files are not at ../shared/mnist");
        MnistCache cache = new MnistCache(caches.resolve("new/mnist"));
        URI good = serve(DownloadMirrorsTest::sendPublished);
        MnistData data = load(cache, good);
        assertThat(data.origin()).isEqualTo(MnistData.Origin.PUBLISHED);
        assertThat(data.train().count()).isEqualTo(10);
        assertThat(heard.notices()).isEmpty();
        assertThat(heard.steps()).contains("downloading t10k-labels-idx1-ubyte.gz: 4517 of 4517");
        assertThat(filesIn(cache.folder())).hasSize(4).allMatch(name -> name.endsWith("-ubyte.gz"));

        stopServers();
        assertThat(load(cache, good).origin()).isEqualTo(MnistData.Origin.PUBLISHED);
    }

    @Test
    void downloadsADamagedCachedFileAgain() throws IOException {
        assumeTrue(Files.isDirectory(PUBLISHED), "the published files are not at ../shared/mnist");
        MnistCache cache = new MnistCache(caches);
        load(cache, serve(DownloadMirrorsTest::sendPublished));
        Path labels = caches.resolve("t10k-labels-idx1-ubyte.gz");
        Files.write(labels, Idx.gzipped(Idx.labels(10_000)));
        load(cache, serve(DownloadMirrorsTest::sendPublished));
        assertThat(heard.notices()).singleElement().asString().contains(labels + " is not as published");
        assertThat(labels).hasSameBinaryContentAs(PUBLISHED.resolve(labels.getFileName()));
    }

    @Test
    void aMirrorThatFailsIsNotAskedAgain() throws IOException {
        assumeTrue(Files.isDirectory(PUBLISHED), "the published files are not at ../shared/mnist");
        URI missing = serve(exchange -> exchange.sendResponseHeaders(404, -1));
        load(new MnistCache(caches), missing, serve(DownloadMirrorsTest::sendPublished));
        assertThat(heard.notices()).singleElement().asString().contains(missing.toString(), "status 404");
    }

    @Test
    void drawsDigitsLoudlyWhenNoMirrorHelps() throws IOException {
        URI other = serve(exchange -> send(exchange, Idx.gzipped(Idx.images(3))));
        URI broken = serve(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.close();
        });
        MnistData data = load(new MnistCache(caches), other, broken, closedPort());
        assertThat(data.origin()).isEqualTo(MnistData.Origin.GENERATED);
        assertThat(data.train().count()).isEqualTo(10);
        assertThat(heard.warnings()).anyMatch(warning -> warning.contains("GENERATED"));
        assertThat(heard.notices())
                .anyMatch(notice -> notice.startsWith(other + "train-images") && notice.contains("SHA-256"));
        assertThat(heard.notices()).anyMatch(notice -> notice.startsWith(broken.toString()));
        assertThat(filesIn(caches)).isEmpty();
    }

    @Test
    void givesASilentMirrorUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertGivenUp(address, "no answer for 300 ms");
        }
    }

    @Test
    void givesAMirrorUpThatStopsHalfWay() throws IOException {
        URI stalling = serve(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush(); // and then nothing, without closing
        });
        assertGivenUp(stalling, "no answer for 300 ms");
    }

    private void assertGivenUp(URI address, String reason) {
        try (DownloadMirrors mirrors = new DownloadMirrors(List.of(address), Duration.ofMillis(300), heard)) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> mirrors.fetch(MnistFile.TEST_LABELS))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("No mirror has t10k-labels-idx1-ubyte.gz");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(heard.notices()).singleElement().asString().contains(reason);
        }
    }

    private MnistData load(MnistCache cache, URI... mirrors) throws IOException {
        Duration patience = Duration.ofSeconds(5);
        return new MnistSource(cache, () -> new DownloadMirrors(List.of(mirrors), patience, heard), heard)
                .load(new DataChoice.Auto(), 10);
    }

    private URI serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static URI closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
    }

    private static void sendPublished(HttpExchange exchange) throws IOException {
        Path name = Path.of(exchange.getRequestURI().getPath()).getFileName();
        send(exchange, Files.readAllBytes(PUBLISHED.resolve(name)));
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
