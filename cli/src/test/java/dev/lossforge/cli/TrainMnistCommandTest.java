package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.digits.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainMnistCommandTest {
    @TempDir
    private Path data;

    @TempDir
    private Path scratch;

    private Path out;

    @BeforeEach
    void writeData() throws IOException {
        Idx.writeSet(data);
        out = scratch.resolve("made/for/it");
    }

    private Invocation train(String backend, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "mnist", "--backend", backend, "--data", data.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return Invocation.of(arguments.toArray(String[]::new));
    }

    @Test
    void endsWithTheScoresOnTheTestSet() {
        Invocation run = train("constant", "--epochs", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.warnings()).singleElement().asString().contains("published MNIST");
        assertThat(run.output().getLast()).isEqualTo("test loss 0.1250  accuracy 1.0000");
        assertThat(run.output())
                .anyMatch(line -> line.matches("epoch 2/2 .*100%  loss 0.1250  accuracy 1.0000 .* images/s"));
    }

    @Test
    void refusesTooManyThreadsBeforeThereAreData() {
        String absent = scratch.resolve("absent").toString();
        Invocation refused =
                Invocation.of("train", "mnist", "--threads", "5000", "--data", absent, "--out", out.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).singleElement().asString().contains("1 to 1024 threads, but 5000");
        assertThat(out).doesNotExist();
    }

    @Test
    void replacesNoFileOfSomebodyElse() throws IOException {
        Files.createDirectories(out);
        Path foreign = Files.writeString(out.resolve("report.html"), "quarterly figures");
        Invocation refused = train("constant");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).singleElement().asString().contains("already has a file report.html", "--out");
        assertThat(foreign).hasContent("quarterly figures");
    }

    @Test
    void leavesRecordAndPictures() throws IOException {
        train("constant", "--epochs", "2", "--seed", "5", "--batch-size", "2", "--limit", "2");
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("history.json")));
        assertThat(record.path("epochs").size()).isEqualTo(2);
        JsonNode epoch = record.path("epochs").path(1);
        assertThat(epoch.path("loss").doubleValue()).isEqualTo(ConstantModel.LOSS);
        assertThat(epoch.path("accuracy").doubleValue()).isEqualTo(1);
        assertThat(2 / epoch.path("seconds").doubleValue())
                .isCloseTo(epoch.path("imagesPerSecond").doubleValue(), within(1e-3));
        assertThat(record.path("test").path("accuracy").doubleValue()).isEqualTo(1);
        assertThat(record.path("test").path("loss").doubleValue()).isEqualTo(ConstantModel.LOSS);
        assertThat(record.path("options").path("batchSize").intValue()).isEqualTo(2);
        assertThat(record.path("options").path("limit").intValue()).isEqualTo(2);
        assertThat(record.path("seed").longValue()).isEqualTo(5);
        assertThat(record.path("backend").stringValue()).isEqualTo("constant");
        assertThat(record.path("jdk").stringValue()).isEqualTo(Runtime.version().toString());
        assertThat(filesIn(out))
                .containsExactlyInAnyOrder(
                        "history.json",
                        "checkpoints",
                        "model.safetensors",
                        "report.html",
                        "loss.png",
                        "accuracy.png",
                        "learning-rate.png",
                        "speed.png",
                        "confusion.png",
                        "misread.png",
                        "rates.png",
                        "reliability.png",
                        "digits.png");
        assertThat(ImageIO.read(out.resolve("digits.png").toFile()).getWidth()).isGreaterThan(500);
    }

    @Test
    void aDivergingTrainingStopsAndKeepsItsRecord() throws IOException {
        Invocation run = train("diverging", "--epochs", "9", "--batch-size", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("lossforge: The loss became NaN at epoch 2, step 2");
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("history.json")));
        assertThat(record.path("epochs").size()).isEqualTo(1);
        assertThat(record.path("test").isNull()).isTrue();
        assertThat(record.path("error").stringValue()).contains("epoch 2, step 2");
        assertThat(filesIn(out)).containsExactlyInAnyOrder("history.json", "checkpoints");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --epochs=0           | option '--epochs': '0' is not a whole number from 1 to 2147483647
                    --batch-size=1.5     | option '--batch-size': '1.5' is not a whole number
                    --limit=-3           | option '--limit': '-3' is not a whole number
                    --threads=x          | option '--threads': 'x' is not a whole number
                    --seed=x             | option '--seed': 'x' is not a whole number
                    --learning-rate=NaN  | option '--learning-rate': 'NaN' is not a finite number above 0
                    --learning-rate=0    | option '--learning-rate': '0' is not a finite number above 0
                    --learning-rate=1e999 | option '--learning-rate': '1e999' is not a finite number above 0
                    --schedule=linear    | option '--schedule': 'linear' is none of constant, cosine, cosine:LAST
                    --schedule=step:2:1  | option '--schedule': its factor '2' is not a number above 0 and below 1
                    --z-loss=-1          | option '--z-loss': '-1' is not a finite number above 0
                    --early-stopping=0   | option '--early-stopping': '0' is not a whole number
                    --epoch=3            | did you mean --epochs?
                    extra                | There is one argument too many: 'extra'
                    """)
    void refusesAWrongOptionInOneLine(String option, String complaint) {
        Invocation run = train("constant", option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("lossforge: ")
                .contains(complaint);
        assertThat(scratch).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --clip-norm=1       | --clip-value=1        | clipped by --clip-norm or by --clip-value
                    --schedule=cosine   | --reduce-on-plateau=2 | would overwrite the rate
                    --warm-up=10        | --reduce-on-plateau=2 | would overwrite the rate
                    """)
    void refusesOptionsThatContradictEachOther(String one, String other, String complaint) {
        Invocation run = train("constant", one, other);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).singleElement().asString().contains(complaint);
        assertThat(scratch).isEmptyDirectory();
    }

    /** The constant model never improves, so that patience ends after its first two epochs. */
    @Test
    void stopsEarlyOnImagesThatWereHeldBack() throws IOException {
        Invocation run = train("constant", "--epochs=9", "--early-stopping=1", "--validation=1");
        assertThat(run.errors()).isEmpty();
        assertThat(run.output())
                .anyMatch(line -> line.startsWith("2 training, 1 validation and 2 test images"))
                .anyMatch(line -> line.startsWith("epoch 2/9") && line.contains("validation loss 0.1250"))
                .noneMatch(line -> line.startsWith("epoch 3/9"));
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(out.resolve("history.json")));
        assertThat(record.path("epochs").path(1).path("validation").path("loss").doubleValue())
                .isEqualTo(ConstantModel.LOSS);
        assertThat(out.resolve("report.html")).content().contains("early stopping", "1 image<", ">validation<");
    }

    @Test
    void refusesMoreThreadsThanAMachineHas() {
        Invocation run = train("constant", "--threads=100000");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .containsExactly("lossforge: Training takes from 1 to 1024 threads, but 100000 were requested.");
    }

    @Test
    void refusesABackendThatIsUnknownOrCannotRun() {
        assertThat(train("cuda").errors()).singleElement().asString().contains("no backend 'cuda'", "constant");
        assertThat(train("broken").errors()).singleElement().asString().contains("plug one in");
        assertThat(train("broken").exitCode()).isEqualTo(1);
        assertThat(scratch).isEmptyDirectory();
    }

    /** The launcher does it, with libraries that are not here. */
    @Test
    void saysWhatTrainsOnSpark() {
        assertThat(train("constant", "--engine=spark").errors())
                .containsExactly(
                        "lossforge: Training on Spark needs libraries that this build lacks; './lossforge train"
                                + " mnist --engine spark' fetches them.");
        assertThat(train("constant", "--engine=flink").errors())
                .containsExactly("lossforge: There is no engine 'flink'; the engines are local and spark.");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void refusesAnUnwritableFolderBeforeItReadsTheData() throws IOException {
        out = Files.createFile(scratch.resolve("file")).resolve("folder");
        Invocation run = train("constant");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains(out + " for the results cannot be written", "--out");
    }

    @Test
    void unusableDataLeaveNothingBehind() throws IOException {
        Files.write(data.resolve("train-images-idx3-ubyte"), new byte[] {1, 2, 3, 4});
        Invocation run = train("constant");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .contains("train-images-idx3-ubyte is not an IDX file of images: it starts with 0x01020304");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void showsWhereAnErrorAroseOnlyWhenAsked() throws IOException {
        Files.delete(data.resolve("train-images-idx3-ubyte"));
        assertThat(train("constant").errors()).hasSize(1);
        assertThat(train("constant", "--stacktrace").errors()).anyMatch(line -> line.contains("at dev.lossforge"));
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
