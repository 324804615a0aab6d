package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path scratch;

    @Test
    void whatWasMadeDisappearsUnlessSomethingWasWritten() throws IOException {
        RunFolder.of(scratch.resolve("a/b")).close();
        assertThat(scratch).isEmptyDirectory();
        try (RunFolder folder = RunFolder.of(scratch.resolve("a/b"))) {
            folder.write("f", new byte[] {1});
            folder.write("f", new byte[] {2});
        }
        assertThat(scratch.resolve("a/b/f")).hasBinaryContent(new byte[] {2});
        assertThat(scratch.resolve("a/b")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderThatWasThereStays() throws IOException {
        Path there = Files.createDirectory(scratch.resolve("there"));
        RunFolder.of(there).close();
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void replacesOnlyWhatLossforgeWrote() throws IOException {
        byte[] page = "<meta name=\"generator\" content=\"Lossforge\">".getBytes(StandardCharsets.UTF_8);
        BufferedImage dot = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(dot, "png", png);
        Map<String, byte[]> results = Map.of(
                "page.html", page, "dot.png", png.toByteArray(), "dot.svg", "<svg/>".getBytes(StandardCharsets.UTF_8));
        for (int run = 0; run < 2; run++) {
            RunFolder folder = RunFolder.of(scratch);
            for (Map.Entry<String, byte[]> result : results.entrySet()) {
                folder.write(result.getKey(), result.getValue());
            }
        }
        assertThat(ImageIO.read(scratch.resolve("dot.png").toFile()).getWidth()).isEqualTo(1);
        for (Map.Entry<String, byte[]> result : results.entrySet()) {
            Path foreign = Files.write(scratch.resolve("foreign-" + result.getKey()), new byte[] {1, 2});
            RunFolder folder = RunFolder.of(scratch);
            assertThatThrownBy(() -> folder.write(foreign.getFileName().toString(), result.getValue()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(foreign + " was not written by Lossforge and was not changed");
            assertThat(foreign).hasBinaryContent(new byte[] {1, 2});
        }
    }

    @Test
    void anEmptyNameIsNotTheWorkingFolder() {
        assertThatThrownBy(() -> RunFolder.of(Path.of("")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--out");
    }

    @Test
    void runsOfOneSecondHaveFoldersOfTheirOwn() {
        try (RunFolder one = RunFolder.ofNow(scratch);
                RunFolder two = RunFolder.ofNow(scratch)) {
            assertThat(two.path()).isNotEqualTo(one.path()).hasParentRaw(scratch);
        }
    }
}
