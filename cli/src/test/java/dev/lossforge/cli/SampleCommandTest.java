package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleCommandTest {
    @TempDir
    private Path plots;

    @Test
    void listsTheSamplesInOneLineEach() {
        List<String> lines = Invocation.of("sample").output();
        assertThat(lines).hasSize(13);
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
        Invocation run = Invocation.of("sample", "regularisation-path", "--out=" + plots);
        assertThat(run.errors()).isEmpty();
        assertThat(run.output().getLast()).isEqualTo("drawn in " + plots.resolve("regularisation-path.png"));
        assertThat(plots.resolve("regularisation-path.png")).isNotEmptyFile();
    }

    @Test
    void takesDigitsFromWhereItIsTold() {
        Invocation refused =
                Invocation.of("sample", "imbalanced-digits", "--data=" + plots.resolve("none"), "--out=" + plots);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).singleElement().asString().contains("none is not a folder");
    }

    @ParameterizedTest
    @CsvSource({"10, gradient-boosting", "11, djl-digits", "12, boosting-on-spark", "13, digits-on-spark"})
    void saysHowToGetASampleThatThisBuildLacks(String number, String name) {
        Invocation refused = Invocation.of("sample", number, "--out=" + plots);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors())
                .containsExactly("lossforge: The sample '" + name + "' needs libraries that this build lacks;"
                        + " './lossforge sample " + name + "' fetches them.");
    }

    @Test
    void refusesASampleThatIsNotThere() {
        Invocation refused = Invocation.of("sample", "17");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).singleElement().asString().contains("no sample '17'");
    }
}
