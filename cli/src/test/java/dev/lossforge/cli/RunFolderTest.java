package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
