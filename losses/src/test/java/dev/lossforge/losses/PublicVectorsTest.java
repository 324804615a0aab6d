package dev.lossforge.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Values from the test suites of other libraries; {@code loss-vectors.json} names the source of each. Where a value was
 * rounded there, it is compared with the same value recomputed in double precision.
 */
class PublicVectorsTest {

    private static final Map<String, LossFunction> LOSSES = Map.ofEntries(
            Map.entry("mean_squared_error", new MeanSquaredErrorLoss()),
            Map.entry("mean_absolute_error", new MeanAbsoluteErrorLoss()),
            Map.entry("mean_squared_logarithmic_error", new MeanSquaredLogarithmicErrorLoss()),
            Map.entry("squared_hinge", new SquaredHingeLoss()),
            Map.entry("binary_crossentropy", new BinaryCrossEntropyLoss()),
            Map.entry("binary_crossentropy from logits", new WeightedBinaryCrossEntropyWithLogitsLoss(1, 0.1f)),
            Map.entry("categorical_crossentropy from logits", new SoftmaxCrossEntropyWithProbabilitiesLoss()),
            Map.entry("sparse_categorical_crossentropy from logits", new SoftmaxCrossEntropyLoss()),
            Map.entry("binary_focal_crossentropy from logits", new BinaryFocalLoss(3, -1)),
            Map.entry("dice", new DiceLoss()),
            Map.entry("categorical_generalized_cross_entropy", new GeneralizedCrossEntropyLoss(0.8f)));

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream json = PublicVectorsTest.class.getResourceAsStream("loss-vectors.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(json).get("cases").spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(JsonNode vector) {
        boolean fromLogits = vector.get("params").path("from_logits").asBoolean(false);
        String name = vector.get("loss").asString() + (fromLogits ? " from logits" : "");
        LossFunction loss = LOSSES.get(name);
        assertThat(loss).as(name).isNotNull();
        Tensor prediction = floats(vector.get("inputs").get("prediction"));
        Data target = target(vector.get("inputs"));
        LossInputs inputs = LossInputs.of(prediction, target).withWeights(weights(vector, target));
        Reduction reduction =
                Reduction.valueOf(vector.get("reduction").asString().toUpperCase(Locale.ROOT));
        LossResult result = loss.valueAndGradients(inputs, reduction);
        JsonNode expected = vector.get("float64_recomputed");
        if (reduction == Reduction.NONE) {
            assertRows(perRow(result.values(), expected.size()), expected);
        } else {
            assertClose(result.value(), expected.asDouble());
        }
    }

    private static Data target(JsonNode inputs) {
        if (inputs.has("target")) {
            return floats(inputs.get("target"));
        }
        return IntTensor.vector(StreamSupport.stream(inputs.get("label").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray());
    }

    /** The weights of the case; an ignored class has weight 0. */
    private static Tensor weights(JsonNode vector, Data target) {
        if (vector.get("params").has("ignore_class")) {
            int ignored = vector.get("params").get("ignore_class").asInt();
            int[] labels = ((IntTensor) target).array();
            float[] weights = new float[labels.length];
            for (int i = 0; i < labels.length; i++) {
                weights[i] = labels[i] == ignored ? 0 : 1;
            }
            return Tensor.vector(weights);
        }
        JsonNode given = vector.get("sample_weight");
        return given.isNull() ? null : Tensor.vector(row(given));
    }

    /** The mean of each row where a loss has a value per element. */
    private static double[] perRow(Tensor values, int rows) {
        int columns = values.array().length / rows;
        double[] means = new double[rows];
        for (int i = 0; i < values.array().length; i++) {
            means[i / columns] += values.array()[i] / columns;
        }
        return means;
    }

    private static void assertRows(double[] actual, JsonNode expected) {
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected.get(i).asDouble());
        }
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
    }

    private static Tensor floats(JsonNode rows) {
        return Tensor.matrix(StreamSupport.stream(rows.spliterator(), false)
                .map(PublicVectorsTest::row)
                .toArray(float[][]::new));
    }

    private static float[] row(JsonNode values) {
        float[] row = new float[values.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) values.get(i).asDouble();
        }
        return row;
    }
}
