package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.digits.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole way on the CPU, with the loss that the build generated: a few thousand drawn digits. They are drawn once,
 * because {@code --data=generated} draws and scores 10,000 more; {@code .ci/run} does that.
 */
@Tag("training")
class MnistTrainingTest {
    @TempDir
    private static Path data;

    @TempDir
    private Path out;

    @BeforeAll
    static void draw() throws IOException {
        Idx.writeDrawnSet(data, 1500, 1000);
    }

    private static JsonNode train(Path folder) throws IOException {
        Invocation run =
                Invocation.of("train", "mnist", "--backend=cpu", "--data=" + data, "--epochs=3", "--out=" + folder);
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
    void reportsThePartsOfItsLossWhereItHasSome() throws IOException {
        Invocation run = Invocation.of(
                "train",
                "mnist",
                "--backend=cpu",
                "--data=" + data,
                "--limit=300",
                "--epochs=2",
                "--validation=50",
                "--z-loss=0.01",
                "--out=" + out);
        assertThat(run.errors()).isEmpty();
        assertThat(run.output())
                .anyMatch(
                        line -> line.matches(
                                "epoch 2/2.*loss [\\d.]+  crossEntropy [\\d.]+  zLoss [\\d.]+  accuracy.*validation loss .*zLoss.*"));
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("history.json")));
        JsonNode epoch = record.path("epochs").path(1);
        for (JsonNode scores : List.of(epoch, epoch.path("validation"), record.path("test"))) {
            double sum = scores.path("parts").path("crossEntropy").doubleValue()
                    + 0.01 * scores.path("parts").path("zLoss").doubleValue();
            assertThat(sum).isCloseTo(scores.path("loss").doubleValue(), within(1e-5));
        }
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Parts of the loss", ">crossEntropy<", ">0.01 · zLoss<", "weight of the z-loss");
        assertThat(out.resolve("parts.png")).exists();
        Invocation evaluated = Invocation.of("evaluate", out.toString(), "--json");
        JsonNode again = JsonMapper.shared().readTree(String.join("\n", evaluated.output()));
        assertThat(again.path("loss")).isEqualTo(record.path("test").path("loss"));
        assertThat(again.path("parts")).isEqualTo(record.path("test").path("parts"));
    }

    @Test
    void divergesInOneSentence() {
        Invocation run = Invocation.of(
                "train",
                "mnist",
                "--backend=cpu",
                "--data=" + data,
                "--limit=200",
                "--learning-rate=1e20",
                "--out=" + out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).singleElement().asString().contains("became NaN", "epoch 1, step 2");
        assertThat(out.resolve("history.json")).exists();
    }
}
