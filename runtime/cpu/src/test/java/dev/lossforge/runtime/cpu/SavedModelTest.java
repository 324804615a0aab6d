package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.checkpoint.CheckpointException;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer.Initializer;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model goes through a file with all that it is. */
class SavedModelTest {
    @TempDir
    private Path folder;

    private static Model images() {
        ModelGraph graph = Model.graph();
        Conv2D conv = Conv2D.of(4, 3).withPadding(Padding.SAME).withInitializer(Initializer.HE_NORMAL);
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(6, Activation.RELU));
        ModelGraph.Value image =
                graph.input("image", 7, 6, 1).then(conv.withStride(1, 2).withoutBias());
        ModelGraph.Value sum = image.then(conv).then(ReLU.of()).plus(image);
        ModelGraph.Value row = sum.then(new MaxPool2D(3, 2, 1, 1)).then(Flatten.of());
        ModelGraph.Value half = row.then(Dropout.of(0.3)).then(Dense.of(10).withoutBias());
        ModelGraph.Value both = graph.concatenate(
                half.slice(0, 5).then(tower), half.slice(5, 10).then(tower));
        return graph.output("classes", both.then("last", Dense.of(3)).then(Softmax.of()))
                .output("angle", both.then(Dense.of(1, Activation.SOFTMAX)))
                .seed(8)
                .build();
    }

    private static Tensor randomImages(int samples) {
        return Tensor.over(RandomFloats.of(samples * 42, new SplittableRandom(3)), samples, 7, 6, 1);
    }

    @Test
    void everythingComesBack() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (Model saved = images()) {
            saved.save(file, Map.of("classes", "cat, dog, bird"));
            Model loaded = Models.load(file);
            assertThat(loaded.parameters()).isEqualTo(saved.parameters());
            assertThat(loaded.architecture().nodes())
                    .isEqualTo(saved.architecture().nodes());
            assertThat(loaded.architecture().inputs())
                    .isEqualTo(saved.architecture().inputs());
            assertThat(loaded.architecture().outputValues())
                    .isEqualTo(saved.architecture().outputValues());
            assertThat(Models.notes(file)).containsExactly(Map.entry("classes", "cat, dog, bird"));
            Map<String, Tensor> inputs = Map.of("image", randomImages(5));
            assertThat(Models.predictor(file).predict(inputs))
                    .isEqualTo(saved.predictor().predict(inputs));
        }
    }

    @Test
    void everyKindOfLayerComesBack() throws IOException {
        ModelGraph graph = Model.graph();
        ModelGraph.Value image = graph.input("image", 6, 6, 2)
                .then(Conv2D.of(3, 2, Activation.TANH))
                .then(new LayerNorm(0.25))
                .then(new BatchNorm(0.5, 0.125))
                .then(ConvTranspose2D.of(3, 2, Activation.RELU)
                        .withKernel(2, 3)
                        .withStride(2, 3)
                        .withPadding(1, 2)
                        .withOutputPadding(1, 2)
                        .withoutBias())
                .then(new BatchNorm(0.5, 0.125))
                .then(ConvTranspose2D.of(3, 2, Activation.RELU)
                        .withKernel(2, 3)
                        .withStride(2, 3)
                        .withPadding(1, 2)
                        .withOutputPadding(1, 2)
                        .withoutBias())
                .then(new AveragePool2D(2, 3, 1, 2))
                .then(GlobalAveragePool2D.of());
        ModelGraph.Value words = graph.input("words", 5)
                .then(Embedding.of(7, 3).withInitializer(Initializer.HE_NORMAL))
                .then(Conv1D.of(2, 2, Activation.GELU).withStride(2).withPadding(Padding.SAME))
                .then(Pointwise.of(Activation.LEAKY_RELU))
                .then(Gru.of(4).withInitializer(Initializer.HE_UNIFORM))
                .then(Gru.of(2).withLastStateOnly())
                .then(Flatten.of());
        Model model = graph.output("y", graph.concatenate(image, words)).build();
        Path file = folder.resolve("model.safetensors");
        model.save(file);
        assertThat(Models.load(file).architecture().nodes())
                .isEqualTo(model.architecture().nodes());
    }

    /** What was trained here and what is trained on after loading are the same bits: the seed is in the file. */
    @Test
    void aLoadedModelTrainsAsTheOneThatWasSaved() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Dataset data = Dataset.of(Tensor.zeros(20, 1), Tensor.zeros(20, 2));
        try (Sequential first = Sequential.builder()
                .input(1)
                .add(Dense.of(4))
                .add(Dropout.of(0.5))
                .add(Dense.of(2))
                .seed(77)
                .build()) {
            first.save(file);
            try (Model second = Models.load(file)) {
                for (Model model : new Model[] {first, second}) {
                    model.compile(Adam.of(0.1), TestLosses.squaredError());
                    model.fit(data, FitOptions.epochs(2).withBatchSize(6));
                }
                assertThat(second.parameters()).isEqualTo(first.parameters());
            }
        }
    }

    @Test
    void trainedHyperparametersAreInTheFileForReaders() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (Sequential model = Sequential.builder().input(1).add(Dense.of(1)).build()) {
            model.compile(CompileOptions.of(Adam.of(0.1), HeadLosses.scaled(2)));
            model.save(file);
        }
        assertThat(Safetensors.read(file).tensors().get("loss/scaled.s").item()).isEqualTo(2);
        assertThat(Models.load(file).parameters()).hasSize(2);
    }

    private Path rewritten(Map<String, String> changes) throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (Model model = images()) {
            model.save(file);
        }
        Safetensors contents = Safetensors.read(file);
        Map<String, String> notes = new LinkedHashMap<>(contents.notes());
        notes.putAll(changes);
        Safetensors.write(file, contents.tensors(), notes);
        return file;
    }

    /** As somebody would do it who wants to see the message: the checksum is wrong then, too. */
    @Test
    void aNewerFormatIsToldFromDamage() throws IOException {
        Path file = rewritten(Map.of());
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                text.replace("\"lossforge.format\":\"1\"", "\"lossforge.format\":\"7\""),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Models.load(file)).hasMessageContaining("a model of format 7, newer than format 1");
    }

    @Test
    void onlyAModelIsReplacedByAModel() throws IOException {
        Path thesis = Files.writeString(folder.resolve("thesis.txt"), "It was a dark and stormy night.");
        try (Model model = images()) {
            assertThatThrownBy(() -> model.save(thesis))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The file " + thesis + " was not written by Lossforge as such and is not replaced;"
                            + " name another file for the model.");
            assertThatThrownBy(() -> Models.exportOnnx(model, thesis))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is not replaced");
            assertThat(thesis).hasContent("It was a dark and stormy night.");
            assertThatThrownBy(() -> model.save(folder)).hasMessageContaining("which is a folder");
            assertThatThrownBy(() -> model.save(folder.resolve("absent/model.safetensors")))
                    .hasMessageContaining("because there is no folder " + folder.resolve("absent"));
            Path file = folder.resolve("model");
            for (int times = 0; times < 2; times++) {
                model.save(file.resolveSibling("model.safetensors"));
                Models.exportOnnx(model, file.resolveSibling("model.onnx"));
            }
            assertThatThrownBy(() -> model.save(file, Map.of("sha256", "x")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("A note cannot be named 'sha256'");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTakesNoFilesIsNamedAtOnce() {
        Path file = Path.of("/proc/model.safetensors");
        try (Model model = images()) {
            assertThatThrownBy(() -> model.save(file))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The model " + file + " cannot be written, because /proc takes no new files;"
                            + " name a file elsewhere.");
        }
    }

    @Test
    void whatIsNewerOrForeignIsRefusedInOneSentence() throws IOException {
        Path newer = rewritten(Map.of("lossforge.format", "2"));
        assertThatThrownBy(() -> Models.load(newer))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(newer + " is a model of format 2, newer than format 1, the newest that this version reads;"
                        + " use the version that wrote it.");
        Path unknown = rewritten(
                Map.of(
                        "lossforge.architecture",
                        "{\"inputs\":{\"x\":[1]},\"layers\":[{\"name\":\"a\",\"kind\":\"attention\",\"of\":[0]}],\"outputs\":{\"y\":1}}"));
        assertThatThrownBy(() -> Models.predictor(unknown))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(unknown + " cannot be used: it has a layer of the unknown kind 'attention'.");
        Path cyclic = rewritten(
                Map.of(
                        "lossforge.architecture",
                        "{\"inputs\":{\"x\":[1]},\"layers\":[{\"name\":\"a\",\"kind\":\"relu\",\"of\":[1]}],\"outputs\":{\"y\":1}}"));
        assertThatThrownBy(() -> Models.load(cyclic)).hasMessageContaining("the value 1 before it is made");
        for (String layer : new String[] {"\"shares\":0,\"of\":[0]", "\"name\":\"a\",\"kind\":\"relu\",\"of\":[0,0]"}) {
            Path odd = rewritten(Map.of(
                    "lossforge.architecture",
                    "{\"inputs\":{\"x\":[1]},\"layers\":[{" + layer + "}],\"outputs\":{\"y\":1}}"));
            assertThatThrownBy(() -> Models.load(odd)).isInstanceOf(CheckpointException.class);
        }
        Path huge = rewritten(Map.of(
                "lossforge.architecture",
                "{\"inputs\":{\"x\":[2000]},\"layers\":[{\"name\":\"a\",\"kind\":\"dense\",\"units\":1000000,\"activation\":"
                        + "\"LINEAR\",\"bias\":true,\"initializer\":\"ZEROS\",\"of\":[0]}],\"outputs\":{\"y\":1}}"));
        assertThatThrownBy(() -> Models.load(huge))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'a.weights' of shape [2000, 1000000] is missing");
        Path other = rewritten(
                Map.of(
                        "lossforge.architecture",
                        "{\"inputs\":{\"x\":[1]},\"layers\":[{\"name\":\"a\",\"kind\":\"relu\",\"of\":[0]}],\"outputs\":{\"y\":1}}"));
        assertThatThrownBy(() -> Models.load(other))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("The model has no parameter 'conv2d.weights'");
        Path weights = folder.resolve("weights.safetensors");
        Safetensors.write(weights, Map.of("a", Tensor.zeros(2)), Map.of());
        assertThatThrownBy(() -> Models.load(weights))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds weights but no model");
        byte[] bytes = Files.readAllBytes(rewritten(Map.of()));
        bytes[bytes.length - 1] ^= 1;
        Path flipped = Files.write(folder.resolve("flipped.safetensors"), bytes);
        assertThatThrownBy(() -> Models.load(flipped)).isInstanceOf(CheckpointException.class);
        assertThatThrownBy(() -> Models.load(folder.resolve("none"))).isInstanceOf(CheckpointException.class);
        try (Model model = images()) {
            assertThatThrownBy(() -> model.save(weights, Map.of("lossforge.x", "")))
                    .isInstanceOf(ConfigurationException.class);
        }
    }
}
