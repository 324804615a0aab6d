package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The generated kernels, in float32, against {@code pytorch-figures.json} and {@code recent-figures.json}: values,
 * gradients, Hessians and the gradients of trainable parameters that PyTorch computed in float64 on the same inputs.
 * {@code pytorch_figures.py} and {@code recent_figures.py} beside them make the files.
 */
class PyTorchFiguresTest {

    /** What float32 leaves of a few dozen operations, relative to the largest number of an array or 1. */
    private static final double TOLERANCE = 2e-6;

    static Stream<JsonNode> cases() throws IOException {
        return Stream.concat(cases("pytorch-figures.json"), cases("recent-figures.json"));
    }

    private static Stream<JsonNode> cases(String resource) throws IOException {
        try (InputStream json = PyTorchFiguresTest.class.getResourceAsStream(resource)) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(json).get("cases").spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(JsonNode figures) {
        JsonLoss given = JsonLoss.of(figures);
        Reduction reduction = Reduction.valueOf(figures.get("reduction").asString());
        LossResult result = given.loss().valueAndGradients(given.inputs(), reduction);
        assertClose("value", new double[] {result.value()}, figures.get("value"));
        assertThat(given.loss().value(given.inputs(), reduction))
                .isCloseTo(result.value(), within(relative(result.value())));
        if (result.values() != null) {
            assertClose("values", numbers(result.values()), figures.get("values"));
        }
        assertAll("gradient", result.gradients(), figures.get("gradients"));
        if (figures.has("hessians")) {
            assertThat(result.hessians()).isNotEmpty();
            assertAll("curvature", result.hessians(), figures.get("hessians"));
        }
        if (figures.has("parameterGradients")) {
            assertAll("slope", result.parameterGradients(), figures.get("parameterGradients"));
        }
    }

    private static void assertAll(String what, Map<String, Tensor> actual, JsonNode expected) {
        expected.properties()
                .forEach(e -> assertClose(what + " by " + e.getKey(), numbers(actual.get(e.getKey())), e.getValue()));
    }

    private static void assertClose(String what, double[] actual, JsonNode expected) {
        double[] numbers = JsonLoss.numbers(expected);
        assertThat(actual).as(what).hasSameSizeAs(numbers);
        double tolerance = relative(Arrays.stream(numbers)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0));
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isFinite(numbers[i])) {
                assertThat(actual[i]).as(what + " %d", i).isCloseTo(numbers[i], within(tolerance));
            } else {
                assertThat(actual[i]).as(what + " %d", i).isEqualTo(numbers[i]);
            }
        }
    }

    private static double relative(double expected) {
        return TOLERANCE * Math.max(1, Math.abs(expected));
    }

    private static double[] numbers(Tensor tensor) {
        double[] numbers = new double[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tensor.array()[i];
        }
        return numbers;
    }
}
