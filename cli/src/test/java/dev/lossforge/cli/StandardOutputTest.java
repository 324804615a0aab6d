package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    /** Refuses every byte for this reason. */
    private static StandardOutput refusing(String reason) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        });
    }

    @Test
    void whatCannotBeWrittenHasFailed() {
        assertThat(Lossforge.run(refusing("No space left on device"), "losses")).isEqualTo(1);
    }

    @Test
    void aReaderWhoHasReadEnoughIsNoFailure() {
        assertThat(Lossforge.run(refusing("Broken pipe"), "losses")).isZero();
        assertThat(Lossforge.run(refusing("The pipe is being closed"), "losses"))
                .isZero();
    }

    @Test
    void passesOnWhatIsWritten() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(Lossforge.run(new StandardOutput(bytes), "losses", "huber")).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("huber(p, y; delta)");
    }
}
