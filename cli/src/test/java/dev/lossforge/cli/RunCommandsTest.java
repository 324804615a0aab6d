package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.digits.Idx;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate}, {@code predict}, {@code resume} and {@code compare} on the run of a model that always says 7. */
class RunCommandsTest {
    @TempDir
    private static Path shared;

    private static Path data;

    @TempDir
    private Path scratch;

    private Path run;

    @BeforeAll
    static void train() throws IOException {
        data = Files.createDirectory(shared.resolve("data"));
        Idx.writeSet(data);
        assertThat(train(shared.resolve("run"), "--epochs=2").exitCode()).isZero();
    }

    /** Each test has a run of its own to spoil. */
    @BeforeEach
    void copyRun() throws IOException {
        run = scratch.resolve("run");
        try (Stream<Path> files = Files.walk(shared.resolve("run"))) {
            for (Path file : files.toList()) {
                Files.copy(file, run.resolve(shared.resolve("run").relativize(file)));
            }
        }
    }

    private static Invocation train(Path out, String... more) {
        return train(data, out, more);
    }

    private static Invocation train(Path data, Path out, String... more) {
        String[] arguments = {"train", "mnist", "--backend=constant", "--data=" + data, "--out=" + out};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Invocation.of(all);
    }

    private Path picture(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getGraphics().fillRect(width / 3, height / 4, width / 9, height / 2);
        Path file = scratch.resolve(width + ".png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static JsonNode json(Invocation invocation) {
        return JsonMapper.shared().readTree(String.join("\n", invocation.output()));
    }

    private static void assertRefused(Invocation invocation, String... complaint) {
        assertThat(invocation.exitCode()).isEqualTo(1);
        assertThat(invocation.errors())
                .singleElement()
                .asString()
                .startsWith("lossforge: ")
                .contains(complaint);
    }

    @Test
    void evaluates() {
        Invocation shown = Invocation.of("evaluate", run.toString(), "--backend=constant");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.output().getLast()).isEqualTo("test loss 0.1250  accuracy 1.0000");
        JsonNode json = json(Invocation.of("evaluate", run.toString(), "--backend=constant", "--json"));
        assertThat(json.path("accuracy").doubleValue()).isEqualTo(1);
        assertThat(json.path("images").intValue()).isEqualTo(2);
        assertThat(json.path("confusion").path(7).path(7).intValue()).isEqualTo(2);
    }

    @Test
    void keepsQuiet() throws IOException {
        Files.delete(run.resolve("model.safetensors"));
        Invocation evaluated = Invocation.of("evaluate", run.toString(), "--backend=constant", "--quiet");
        assertThat(evaluated.output()).containsExactly("test loss 0.1250  accuracy 1.0000");
        assertThat(evaluated.warnings()).anyMatch(line -> line.startsWith("WARNING: The run has not finished"));
        Path other = scratch.resolve("other");
        assertThat(train(other, "--quiet").output())
                .containsExactly("results in " + other, "test loss 0.1250  accuracy 1.0000");
    }

    @Test
    void predicts() throws IOException {
        Path small = picture(30, 30);
        Path large = picture(500, 300);
        Invocation shown =
                Invocation.of("predict", run.toString(), small.toString(), large.toString(), "--backend=constant");
        assertThat(shown.errors()).isEmpty();
        // Logits of 1 for 7 and 0 for the others.
        assertThat(shown.output())
                .containsExactly(
                        small + "  7 (23.2 %)  0 (8.5 %)  1 (8.5 %)", large + "  7 (23.2 %)  0 (8.5 %)  1 (8.5 %)");
        JsonNode json =
                json(Invocation.of("predict", run.toString(), small.toString(), "--backend=constant", "--json"));
        assertThat(json.path(0).path("digit").intValue()).isEqualTo(7);
        assertThat(json.path(0).path("guesses").size()).isEqualTo(3);
        assertRefused(
                Invocation.of(
                        "predict",
                        run.toString(),
                        data.resolve("t10k-labels.idx1-ubyte").toString()),
                "not a picture that can be read");
    }

    @Test
    void exportsARunAndAModel() throws IOException {
        Path onnx = scratch.resolve("digits.onnx");
        Invocation exported = Invocation.of("export", run.toString(), "--onnx", onnx.toString());
        assertThat(exported.errors()).isEmpty();
        assertThat(exported.output())
                .containsExactly(onnx + ": input 'input' [batch, 28, 28, 1]; output 'output' [batch, 10].");
        String content = Files.readString(onnx, StandardCharsets.ISO_8859_1);
        assertThat(content).contains("Lossforge", "conv2d_2.weights", "lossforge.architecture");
        Path saved = scratch.resolve("saved.safetensors");
        try (Model model =
                Sequential.builder().input(3).add(Dense.of(2)).split("a", "b").build()) {
            model.save(saved);
        }
        Invocation ofFile = Invocation.of("export", saved.toString(), "--onnx=" + onnx);
        assertThat(ofFile.output())
                .containsExactly(onnx + ": input 'input' [batch, 3]; outputs 'a' [batch, 1], 'b' [batch, 1].");
        assertThat(Files.readString(onnx, StandardCharsets.ISO_8859_1)).doesNotContain("conv2d_2.weights");
    }

    @Test
    void refusesToExportWhatIsNoModel() throws IOException {
        Path foreign = Files.writeString(scratch.resolve("foreign.onnx"), "mine");
        assertRefused(
                Invocation.of("export", run.toString(), "--onnx", foreign.toString()),
                "foreign.onnx was not written by Lossforge");
        assertThat(foreign).hasContent("mine");
        String onnx = scratch.resolve("x.onnx").toString();
        assertRefused(Invocation.of("export", scratch.toString(), "--onnx", onnx), "There is no run in " + scratch);
        String weights = run.resolve("model.safetensors").toString();
        assertRefused(Invocation.of("export", weights, "--onnx", onnx), weights, "holds weights but no model");
        String nowhere = scratch.resolve("missing").resolve("x.onnx").toString();
        assertRefused(Invocation.of("export", run.toString(), "--onnx", nowhere), nowhere);
        Invocation misnamed = Invocation.of("export", run.toString(), "--onnx", weights);
        assertThat(misnamed.exitCode()).isEqualTo(2);
        assertThat(misnamed.errors())
                .containsExactly("lossforge: --onnx takes the name of a file that ends in .onnx, but '" + weights
                        + "' is given; choose a name that ends so; see 'lossforge export --help'.");
        assertThat(Invocation.of("export", run.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void anUnreadablePictureDoesNotSpoilTheOthers() throws IOException {
        Path readable = picture(30, 30);
        Path text = Files.writeString(scratch.resolve("text.png"), "no picture");
        String[] arguments = {"predict", run.toString(), text.toString(), readable.toString(), "--backend=constant"};
        Invocation shown = Invocation.of(arguments);
        assertRefused(shown, text + " is not a picture that can be read");
        assertThat(shown.output()).containsExactly(readable + "  7 (23.2 %)  0 (8.5 %)  1 (8.5 %)");
        String[] withJson = Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        JsonNode json = json(Invocation.of(withJson));
        assertThat(json.path(0).path("problem").stringValue()).contains("not a picture");
        assertThat(json.path(1).path("digit").intValue()).isEqualTo(7);
    }

    @Test
    void aNetworkThatDivergedReadsNothing() throws IOException {
        Map<String, Tensor> weights =
                Safetensors.readSealed(run.resolve("model.safetensors")).tensors();
        weights.values().forEach(tensor -> Arrays.fill(tensor.array(), Float.NaN));
        Safetensors.write(run.resolve("model.safetensors"), weights, Map.of());
        assertRefused(
                Invocation.of("predict", run.toString(), picture(30, 30).toString(), "--backend=cpu"),
                "its training diverged");
        assertRefused(Invocation.of("evaluate", run.toString(), "--backend=cpu"), "yields NaN for the test images");
    }

    @Test
    void makesARunLonger() throws IOException {
        Invocation longer = Invocation.of("resume", run.toString(), "--epochs", "3");
        assertThat(longer.errors()).isEmpty();
        assertThat(longer.output())
                .anyMatch(line -> line.startsWith("Continuing after epoch 3, step 0 on the constant backend"))
                .anyMatch(line -> line.startsWith("epoch 3/3"))
                .noneMatch(line -> line.startsWith("epoch 2/3"));
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(run.resolve("history.json")));
        assertThat(record.path("epochs").size()).isEqualTo(3);
        assertThat(record.path("options").path("epochs").intValue()).isEqualTo(3);
    }

    @Test
    void doesNotMakeARunShorter() {
        assertRefused(Invocation.of("resume", run.toString(), "--epochs=1"), "already has 2 epochs");
    }

    @Test
    void resumesFromTheCheckpointBeforeADamagedOneAndSaysSo() throws IOException {
        Path newest = run.resolve("checkpoints/epoch-0003-step-000000/model.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);
        Invocation resumed = Invocation.of("resume", run.toString());
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.errors()).isEmpty();
        assertThat(resumed.warnings())
                .anyMatch(line -> line.startsWith("WARNING: The checkpoint epoch-0003-step-000000 is not used: ")
                        && line.contains("its checksum is wrong"));
        assertThat(resumed.output()).anyMatch(line -> line.startsWith("Continuing after epoch 2, step 0"));
    }

    @Test
    void refusesToResumeWithOtherData() throws IOException {
        Path changing = Files.createDirectory(scratch.resolve("changing"));
        Idx.writeSet(changing);
        Path own = scratch.resolve("own");
        assertThat(train(changing, own, "--epochs=1").exitCode()).isZero();
        Idx.writeRandomSet(changing, 3, 2);
        assertRefused(Invocation.of("resume", own.toString()), "saved with another data's checksum");
    }

    @Test
    void tellsProgramsHowATrainingEnded() {
        Invocation resumed = Invocation.of("resume", run.toString(), "--epochs=3", "--json");
        assertThat(resumed.errors()).isEmpty();
        JsonNode json = json(resumed);
        assertThat(json.path("run").stringValue()).isEqualTo(run.toString());
        assertThat(json.path("epochs").size()).isEqualTo(3);
        assertThat(json.path("test").path("accuracy").doubleValue()).isEqualTo(1);
        assertThat(Path.of(json.path("report").stringValue())).isRegularFile();
    }

    @Test
    void comparesRuns() throws IOException {
        Path other = scratch.resolve("other");
        train(other, "--epochs=1", "--seed=2");
        Path out = scratch.resolve("comparison");
        Invocation compared = Invocation.of("compare", run.toString(), other.toString(), "--out=" + out);
        assertThat(compared.errors()).isEmpty();
        assertThat(compared.output())
                .containsExactly(
                        run + "  2 epochs  test loss 0.1250  accuracy 1.0000",
                        other + "  1 epoch  test loss 0.1250  accuracy 1.0000",
                        "comparison in " + out.resolve("compare.html"));
        // Only what differs is shown, and what is best is bold: here only the time.
        assertThat(out.resolve("compare.html"))
                .content()
                .contains(">run<", ">other<", "<svg", "<th>seed</th>", "<th>epochs</th>", "<td class=\"best\">")
                .doesNotContain("<th>batch size</th>", "<th>backend</th>", "class=\"best\">1.0000<");
        assertThat(ImageIO.read(out.resolve("loss.png").toFile()).getWidth()).isEqualTo(960);
        assertThat(json(Invocation.of("compare", run.toString(), other.toString(), "--out=" + out, "--json"))
                        .path("runs")
                        .size())
                .isEqualTo(2);
        Invocation one = Invocation.of("compare", run.toString());
        assertThat(one.exitCode()).isEqualTo(2);
        assertThat(one.errors()).singleElement().asString().contains("name two or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate", "predict", "resume", "compare"})
    void refusesWhatIsNoRun(String command) throws IOException {
        String image = picture(9, 9).toString();
        List<String> arguments = command.equals("predict")
                ? List.of(command, data.toString(), image)
                : command.equals("compare")
                        ? List.of(command, run.toString(), data.toString())
                        : List.of(command, data.toString());
        assertRefused(Invocation.of(arguments.toArray(String[]::new)), data.toString());
        Invocation help = Invocation.of(command, "--help");
        assertThat(String.join("\n", help.output())).contains("Exit codes: 0 done");
    }

    @Test
    void refusesADamagedRecordAndUnusableWeights() throws IOException {
        Files.delete(run.resolve("model.safetensors"));
        Invocation evaluated = Invocation.of("evaluate", run.toString(), "--backend=constant");
        assertThat(evaluated.exitCode()).isZero();
        assertThat(evaluated.warnings()).contains("WARNING: The run has not finished; its last checkpoint is used.");
        for (String broken : List.of("", "{", "[]", "{\"options\": 3}", "{}", "[".repeat(5000))) {
            Files.writeString(run.resolve("history.json"), broken);
            Invocation refused = Invocation.of("evaluate", run.toString(), "--backend=constant");
            assertRefused(refused, "history.json is damaged");
            assertThat(refused.errors().getFirst())
                    .doesNotContainIgnoringCase("token")
                    .doesNotContain("dev.lossforge");
        }
    }

    @Test
    void doesNotTrainOverAnotherRun() {
        assertRefused(train(run), "The folder " + run + " already has a file", "resume");
    }
}
