package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCommandTest {
    @TempDir
    private Path plots;

    @Test
    void listsTheSamplesInOneLineEach() {
        List<String> lines = Invocation.of("sample").output();
        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst()).startsWith(" 1  first-loss ");
    }

    @Test
    void runsOneByNumberAndByName() {
        List<String> byName =
                Invocation.of("sample", "multi-label", "--out=" + plots).output();
        assertThat(byName).hasSize(3);
        assertThat(Invocation.of("sample", "5", "--out=" + plots).output()).isEqualTo(byName);
    }

    @Test
    void drawsWhereThereIsSomethingToSee() {
        Invocation run = Invocation.of("sample", "outliers", "--out=" + plots);
        assertThat(run.errors()).isEmpty();
        assertThat(run.output().getLast()).isEqualTo("drawn in " + plots.resolve("outliers.png"));
        assertThat(plots.resolve("outliers.png")).isNotEmptyFile();
    }

    @Test
    void takesDigitsFromWhereItIsTold() {
        Invocation refused =
                Invocation.of("sample", "imbalanced-digits", "--data=" + plots.resolve("none"), "--out=" + plots);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).singleElement().asString().contains("none is not a folder");
    }

    @Test
    void saysHowToGetASampleThatThisBuildLacks() {
        Invocation refused = Invocation.of("sample", "10", "--out=" + plots);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors())
                .containsExactly("lossforge: The sample 'gradient-boosting' needs libraries that this build lacks;"
                        + " './lossforge sample gradient-boosting' fetches them.");
    }

    @Test
    void refusesASampleThatIsNotThere() {
        Invocation refused = Invocation.of("sample", "17");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).singleElement().asString().contains("no sample '17'");
    }
}
