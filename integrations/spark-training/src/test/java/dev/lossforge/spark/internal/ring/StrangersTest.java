package dev.lossforge.spark.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who connects without the token of the job is cut off. */
@Timeout(60)
class StrangersTest {
    private static final Duration HASTY = Duration.ofSeconds(1);

    /** At the first frame that is too long or wrong. */
    @ParameterizedTest
    @CsvSource({"2147483647", "36", "1000", "0", "-1"})
    void whoSendsAnythingElse(int length) throws Exception {
        try (Ring ring = new Ring(0, 2, Token.random(), HASTY, "127.0.0.1");
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), ring.port())) {
            stranger.setSoTimeout(10_000);
            DataOutputStream out = new DataOutputStream(stranger.getOutputStream());
            out.writeInt(length);
            out.write(new byte[36]);
            out.flush();
            assertThat(isClosed(stranger)).isTrue();
        }
    }

    @Test
    void whoSendsNothing() throws Exception {
        try (Ring ring = new Ring(0, 2, Token.random(), HASTY, "127.0.0.1");
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), ring.port())) {
            stranger.setSoTimeout(10_000);
            assertThat(isClosed(stranger)).isTrue();
        }
    }

    private static boolean isClosed(Socket stranger) throws IOException {
        try {
            return stranger.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
