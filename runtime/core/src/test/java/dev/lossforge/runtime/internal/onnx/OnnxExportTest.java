package dev.lossforge.runtime.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The form of exported models. That others compute with them what the models predict is tested with ONNX Runtime, in
 * {@code integrations/onnx}.
 */
class OnnxExportTest {
    @TempDir
    private Path folder;

    private static Sequential images() {
        return Sequential.builder()
                .input(6, 6, 2)
                .add("conv", Conv2D.of(3, 3, Activation.RELU))
                .add("pool", MaxPool2D.of(2))
                .add("drop", Dropout.of(0.5))
                .add("leak", Pointwise.of(Activation.LEAKY_RELU))
                .add("flat", Flatten.of())
                .add("dense", Dense.of(2))
                .build();
    }

    private ProtobufReader exported(Model model) throws IOException {
        Path file = folder.resolve("model.onnx");
        Models.exportOnnx(model, file);
        Models.exportOnnx(model, file); // replaces its own
        return new ProtobufReader(Files.readAllBytes(file));
    }

    /** Two transpositions only: of the input, and before the image becomes a row. */
    @Test
    void aChainOfImages() throws IOException {
        try (Model model = images()) {
            ProtobufReader file = exported(model);
            assertThat(file.numbers(1)).containsExactly(8L);
            assertThat(file.texts(2)).containsExactly("Lossforge");
            assertThat(file.message(8).numbers(2)).containsExactly(17L);
            assertThat(file.message(14).texts(1)).containsExactly("lossforge.architecture");
            ProtobufReader graph = file.message(7);
            assertThat(graph.messages(1).stream().map(node -> node.texts(4).getFirst()))
                    .containsExactly(
                            "Transpose",
                            "Conv",
                            "Relu",
                            "MaxPool",
                            "LeakyRelu",
                            "Transpose",
                            "Flatten",
                            "Gemm",
                            "Identity");
            assertThat(value(graph.message(11))).isEqualTo("input [batch, 6, 6, 2]");
            assertThat(value(graph.message(12))).isEqualTo("output [batch, 2]");
        }
    }

    private static String value(ProtobufReader info) {
        ProtobufReader tensor = info.message(2).message(1);
        assertThat(tensor.numbers(1)).containsExactly(1L);
        return info.texts(1).getFirst()
                + tensor.message(2).messages(1).stream()
                        .map(extent -> extent.texts(2).isEmpty()
                                ? extent.numbers(1).getFirst().toString()
                                : extent.texts(2).getFirst())
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    @Test
    void nodesAreConnectedAndConstantsAreThere() throws IOException {
        try (Model model = images()) {
            ProtobufReader graph = exported(model).message(7);
            List<String> known = new ArrayList<>(List.of("input"));
            graph.messages(5).forEach(constant -> known.addAll(constant.texts(8)));
            for (ProtobufReader node : graph.messages(1)) {
                assertThat(known).containsAll(node.texts(1)).doesNotContainAnyElementsOf(node.texts(2));
                known.addAll(node.texts(2));
            }
            assertThat(known).contains("output", "conv.weights", "conv.bias", "dense.weights", "dense.bias");
        }
    }

    @Test
    void attributesAndTransposedWeights() throws IOException {
        try (Model model = images()) {
            ProtobufReader graph = exported(model).message(7);
            assertThat(attributes(graph.messages(1).get(1)))
                    .containsEntry("kernel_shape", List.of(3L, 3L))
                    .containsEntry("pads", List.of(0L, 0L, 0L, 0L));
            ProtobufReader leak = graph.messages(1).get(4).message(5);
            assertThat(leak.floats(2)).containsExactly(0.01f);
            ProtobufReader weights = graph.message(5);
            assertThat(weights.numbers(1)).containsExactly(3L, 2L, 3L, 3L);
            ByteBuffer values = ByteBuffer.wrap(weights.bytes(9).getFirst()).order(ByteOrder.LITTLE_ENDIAN);
            Tensor ours = model.parameters().get("conv.weights");
            for (int filter = 0; filter < 3; filter++) {
                for (int channel = 0; channel < 2; channel++) {
                    for (int pixel = 0; pixel < 9; pixel++) {
                        assertThat(values.getFloat()).isEqualTo(ours.array()[(pixel * 2 + channel) * 3 + filter]);
                    }
                }
            }
        }
    }

    private static Map<String, List<Long>> attributes(ProtobufReader node) {
        Map<String, List<Long>> attributes = new LinkedHashMap<>();
        node.messages(5).forEach(attribute -> attributes.put(attribute.texts(1).getFirst(), attribute.numbers(8)));
        return attributes;
    }

    @Test
    void numbersOfAllSizes() {
        long[] numbers = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1};
        ProtobufMessage message = new ProtobufMessage();
        for (long number : numbers) {
            message.with(2000, number);
        }
        ProtobufReader read = new ProtobufReader(message.with(1, "ä").toBytes());
        assertThat(read.numbers(2000))
                .containsExactly(0L, 1L, 127L, 128L, 300L, (long) Integer.MAX_VALUE, Long.MAX_VALUE, -1L);
        assertThat(read.texts(1)).containsExactly("ä");
    }

    @Test
    void inputsAndOutputsOfOneNameAreRefused() {
        ModelGraph graph = Model.graph();
        try (Model model =
                graph.output("x", graph.input("x", 3).then(Dense.of(3))).build()) {
            assertThatThrownBy(() -> exported(model))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("An input and an output are named 'x', which ONNX cannot tell apart; rename one of"
                            + " them.");
        }
    }

    @Test
    void parametersAreThoseOfTheModel() {
        Architecture architecture = Architecture.input(3).add(Dense.of(3)).build();
        assertThatThrownBy(() -> OnnxExport.bytes(architecture, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dense.weights");
    }
}
