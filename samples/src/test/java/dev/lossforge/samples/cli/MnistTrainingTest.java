package dev.lossforge.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way on the CPU, with the loss that the build generated: a few thousand drawn digits. */
class MnistTrainingTest {
    @TempDir
    private Path out;

    private static JsonNode train(Path folder) throws IOException {
        Invocation run = Invocation.of(
                "train", "mnist", "--backend=cpu", "--data=generated", "--limit=1500", "--epochs=3", "--out=" + folder);
        assertThat(run.errors()).isEmpty();
        return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("history.json")));
    }

    @Test
    void learnsAndGivesTheSameAgain() throws IOException {
        JsonNode first = train(out.resolve("first"));
        assertThat(first.path("test").path("accuracy").doubleValue()).isGreaterThan(0.5);
        assertThat(first.path("epochs").path(2).path("loss").doubleValue())
                .isLessThan(0.75 * first.path("epochs").path(0).path("loss").doubleValue());
        assertThat(train(out.resolve("second")).path("test")).isEqualTo(first.path("test"));
    }

    @Test
    void divergesInOneSentence() {
        Invocation run = Invocation.of(
                "train",
                "mnist",
                "--backend=cpu",
                "--data=generated",
                "--limit=200",
                "--learning-rate=1e20",
                "--out=" + out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("became NaN", "epoch 1, step 2");
        assertThat(out.resolve("history.json")).exists();
    }
}
