package dev.lossforge.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What ONNX Runtime makes of exported models, against the models' own predictions. */
class OnnxRuntimeTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyLayerAndGraph() {
        return ExportedModels.all().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> check(model.getValue())));
    }

    private static void check(Model model) throws IOException, OrtException {
        SplittableRandom random = new SplittableRandom(3);
        model.loadParameters(randomParameters(model, random));
        Path file = folder.resolve("model.onnx");
        Models.exportOnnx(model, file);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (model;
                OrtSession session = environment.createSession(file.toString(), new OrtSession.SessionOptions())) {
            requireShapes(session.getInputInfo(), model.architecture().inputs());
            requireShapes(session.getOutputInfo(), model.architecture().outputs());
            for (int samples : new int[] {1, 5}) {
                compare(model, session, inputs(model, samples, random));
            }
        }
    }

    /** Variances are positive. */
    private static Map<String, Tensor> randomParameters(Model model, SplittableRandom random) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        model.parameters().forEach((name, tensor) -> {
            double from = name.endsWith("runningVariance") ? 0.2 : -0.6;
            parameters.put(name, random(tensor.shape(), from, 0.9, random));
        });
        return parameters;
    }

    private static Tensor random(Shape shape, double from, double to, SplittableRandom random) {
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(from, to);
        }
        return Tensor.over(values, shape);
    }

    private static Map<String, Tensor> inputs(Model model, int samples, SplittableRandom random) {
        boolean indices = model.architecture().nodes().getFirst().layer() instanceof Embedding;
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        model.architecture().inputs().forEach((name, shape) -> {
            Tensor values = random(shape.batchOf(samples), -1, 1, random);
            for (int i = 0; indices && i < values.size(); i++) {
                values.array()[i] = random.nextInt(9);
            }
            inputs.put(name, values);
        });
        return inputs;
    }

    private static void requireShapes(Map<String, NodeInfo> actual, Map<String, Shape> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        actual.forEach((name, info) -> {
            TensorInfo tensor = (TensorInfo) info.getInfo();
            Shape shape = expected.getOrDefault(name, Shape.scalar());
            assertThat(tensor.getDimensionNames()[0]).isEqualTo("batch");
            assertThat(tensor.getShape()[0]).isEqualTo(-1);
            assertThat(Arrays.stream(tensor.getShape()).skip(1).toArray())
                    .isEqualTo(Arrays.stream(shape.toArray()).asLongStream().toArray());
        });
    }

    private static void compare(Model model, OrtSession session, Map<String, Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            long[] shape = Arrays.stream(input.getValue().shape().toArray())
                    .asLongStream()
                    .toArray();
            tensors.put(
                    input.getKey(),
                    OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(),
                            FloatBuffer.wrap(input.getValue().array()),
                            shape));
        }
        try (OrtSession.Result results = session.run(tensors)) {
            for (Map.Entry<String, Tensor> output :
                    model.predictor().predict(inputs).named().entrySet()) {
                OnnxTensor result = (OnnxTensor) results.get(output.getKey()).orElseThrow();
                requireClose(result.getFloatBuffer(), output.getValue());
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static void requireClose(FloatBuffer actual, Tensor expected) {
        assertThat(actual.remaining()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            double value = expected.array()[i];
            assertThat((double) actual.get(i))
                    .as("%d of %s", i, expected.shape())
                    .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
        }
    }

    @Test
    void theFileSaysWhereItComesFrom() throws IOException, OrtException {
        try (Model model = ExportedModels.all().values().iterator().next()) {
            Path file = folder.resolve("described.onnx");
            Models.exportOnnx(model, file);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
                OnnxModelMetadata metadata = session.getMetadata();
                assertThat(metadata.getProducerName()).isEqualTo("Lossforge");
                assertThat(metadata.getGraphName()).isEqualTo("lossforge");
                assertThat(metadata.getDescription()).contains("channels last");
                assertThat(metadata.getCustomMetadata().get("lossforge.architecture"))
                        .startsWith("{\"inputs\":{\"input\":[6]}");
            }
        }
    }
}
