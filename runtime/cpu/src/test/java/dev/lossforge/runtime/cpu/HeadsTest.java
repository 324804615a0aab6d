package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of several predictions, several losses, several inputs, and steps along gradients of one's own. */
class HeadsTest {
    private static final int SAMPLES = 37;
    private static final SplittableRandom RANDOM = new SplittableRandom(9);
    private static final Tensor INPUTS = Tensor.over(RandomFloats.of(SAMPLES * 3, RANDOM), SAMPLES, 3);
    private static final Tensor ONE = Tensor.over(RandomFloats.of(SAMPLES, RANDOM), SAMPLES, 1);
    private static final IntTensor LABELS =
            IntTensor.vector(RANDOM.ints(SAMPLES, 0, 2).toArray());

    private static Sequential.Builder body() {
        return Sequential.builder()
                .input(3)
                .add(Dense.of(8, Activation.RELU))
                .add(Dropout.of(0.2))
                .add(Dense.of(2))
                .seed(4);
    }

    private static CompileOptions options(LossTerm... terms) {
        return CompileOptions.of(Adam.of(0.01), terms).withBackend("cpu");
    }

    /** A split output is the same training as one row, to the last bit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aLossOfTwoPredictionsTrainsAsOneOfARow(int threads) {
        try (Sequential row = body().build();
                Sequential split = body().split("mean", "logVariance").build()) {
            row.compile(options(LossTerm.of(HeadLosses.gaussianOfRow())).withThreads(threads));
            split.compile(options(LossTerm.of(HeadLosses.gaussian())).withThreads(threads));
            FitOptions fit = FitOptions.epochs(3).withBatchSize(10);
            Dataset perSample = Dataset.of(INPUTS, ONE.reshape(SAMPLES));
            History expected = row.fit(perSample, fit);
            History actual = split.fit(Dataset.of(INPUTS, ONE), fit);
            assertThat(split.parameters()).isEqualTo(row.parameters());
            assertThat(actual.last().loss()).isEqualTo(expected.last().loss());
            assertThat(split.evaluate(Dataset.of(INPUTS, ONE)).loss())
                    .isEqualTo(row.evaluate(perSample).loss());
            Outputs outputs = split.predict(Map.of("any", INPUTS));
            Tensor rows = row.predict(INPUTS);
            assertThat(outputs.get("mean").get(5, 0)).isEqualTo(rows.get(5, 0));
            assertThat(outputs.get("logVariance").get(5, 0)).isEqualTo(rows.get(5, 1));
            assertThatThrownBy(() -> split.predict(INPUTS)).hasMessageContaining("mean, logVariance");
        }
    }

    private static ModelGraph heads() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden = graph.input("x", 3).then(Dense.of(8, Activation.RELU));
        return graph.output("digit", hidden.then("digits", Dense.of(2)))
                .output("angle", hidden.then("angles", Dense.of(1)))
                .seed(3);
    }

    private static final LossTerm DIGIT = LossTerm.of(TestLosses.softmaxCrossEntropy())
            .named("digit loss")
            .from("logits", "digit")
            .from("label", "digits");

    private static final LossTerm ANGLE = LossTerm.of(TestLosses.squaredError())
            .from("p", "angle")
            .from("y", "angles")
            .weighted(0.25);

    private static Dataset both() {
        return Dataset.ofInputs(INPUTS).andTargets("angles", ONE).andTargets("digits", LABELS);
    }

    @Test
    void theGradientOfSeveralLossesIsTheirWeightedSum() {
        Map<String, Tensor> before = heads().build().parameters();
        Map<String, Tensor> digit = afterStep(DIGIT);
        Map<String, Tensor> angle = afterStep(ANGLE);
        afterStep(DIGIT, ANGLE).forEach((name, values) -> {
            for (int i = 0; i < values.size(); i++) {
                float old = before.get(name).array()[i];
                double expected = digit.get(name).array()[i] + angle.get(name).array()[i] - old;
                assertThat((double) values.array()[i]).as(name).isCloseTo(expected, within(1e-6));
            }
        });
        // What no loss reads stays.
        assertThat(digit.get("angles.weights")).isEqualTo(before.get("angles.weights"));
        assertThat(digit.get("digits.weights")).isNotEqualTo(before.get("digits.weights"));
    }

    private static Map<String, Tensor> afterStep(LossTerm... terms) {
        try (Model model = heads().build()) {
            model.compile(
                    CompileOptions.of(Sgd.of(0.5), terms).withBackend("cpu").withThreads(2));
            model.fit(both(), FitOptions.epochs(1).withBatchSize(SAMPLES));
            return model.parameters();
        }
    }

    @Test
    void eachLossIsReportedAndSoIsAMetricOfOneOutput() {
        try (Model model = heads().build()) {
            model.compile(options(DIGIT, ANGLE).withMetrics(Metrics.accuracy().on("digit", "digits")));
            History history =
                    model.fit(both(), FitOptions.epochs(2).withBatchSize(8).withValidation(both()));
            Evaluation found = model.evaluate(both());
            assertThat(found.scores().parts().keySet()).containsExactly("digit loss", "squaredError");
            assertThat(found.part("digit loss") + 0.25 * found.part("squaredError"))
                    .isCloseTo(found.loss(), within(1e-9));
            assertThat(history.last().part("digit loss") + 0.25 * history.last().part("squaredError"))
                    .isCloseTo(history.last().loss(), within(1e-9));
            assertThat(found.metric("digit accuracy")).isBetween(0.0, 1.0);
            assertThat(history.last().validation().orElseThrow().scores()).isEqualTo(found.scores());
            double expected = TestLosses.softmaxCrossEntropy()
                    .value(LossInputs.of(model.predict(Map.of("x", INPUTS)).get("digit"), LABELS), Reduction.MEAN);
            assertThat(found.part("digit loss")).isCloseTo(expected, within(1e-6));
        }
    }

    /** Two losses on one output, one of them over the batch, whichever comes first. */
    @Test
    void lossesOnOneOutputAddTheirGradients() {
        LossTerm square = LossTerm.of(HeadLosses.square());
        Map<String, Tensor> whole = oneOutput(square.weighted(3));
        oneOutput(square.named("a"), square.named("b").weighted(2))
                .forEach((name, values) -> assertThat(values.array())
                        .as(name)
                        .containsExactly(whole.get(name).array(), within(1e-6f)));
        LossTerm batch = LossTerm.of(TestLosses.totalSquaredError());
        assertThat(oneOutput(square, batch)).isEqualTo(oneOutput(batch, square));
        assertThat(oneOutput(square, batch)).isNotEqualTo(oneOutput(square));
    }

    private static Map<String, Tensor> oneOutput(LossTerm... terms) {
        try (Sequential model = body().build()) {
            model.compile(
                    CompileOptions.of(Sgd.of(0.05), terms).withBackend("cpu").withThreads(2));
            model.fit(
                    Dataset.of(INPUTS, Tensor.over(RandomFloats.of(SAMPLES * 2, new SplittableRandom(1)), SAMPLES, 2)),
                    FitOptions.epochs(2).withBatchSize(16));
            return model.parameters();
        }
    }

    @Test
    void severalInputsAreFoundByName() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value left = graph.input("left", 3);
        ModelGraph.Value right = graph.input("right", 1);
        try (Model model = graph.output("y", graph.concatenate(left, right).then(Dense.of(1)))
                .build()) {
            model.compile(Sgd.of(0.3), TestLosses.squaredError());
            Dataset named =
                    Dataset.ofInputs("right", ONE).andInputs("left", INPUTS).andTargets("y", ONE);
            model.fit(named, FitOptions.epochs(60));
            assertThat(model.evaluate(named).loss()).isLessThan(1e-6);
            assertThatThrownBy(() -> model.fit(Dataset.of(INPUTS, ONE), FitOptions.epochs(1)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("The model takes the inputs left, right, but the data has input; use the same names.");
            Dataset swapped =
                    Dataset.ofInputs("left", ONE).andInputs("right", INPUTS).andTargets("y", ONE);
            assertThatThrownBy(() -> model.evaluate(swapped))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("of 'left' of shape [3]");
        }
    }

    @Test
    void aMissingTargetIsNamed() {
        try (Model model = heads().build()) {
            model.compile(options(DIGIT, ANGLE));
            assertThatThrownBy(() -> model.fit(Dataset.of(INPUTS, ONE), FitOptions.epochs(1)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("takes the target 'digits', but the data has the targets target;");
        }
    }

    /** Dropout, clipping and workers included, a step of one's own is the step of the trainer. */
    @Test
    void aStepOfOnesOwnIsAStep() {
        try (Sequential usual = body().build();
                Sequential own = body().build()) {
            usual.compile(options(LossTerm.of(TestLosses.softmaxCrossEntropy())).withThreads(2));
            own.compile(options().withThreads(2));
            for (int step = 0; step < 5; step++) {
                Batch batch = Batch.of(INPUTS, LABELS);
                StepResult expected = usual.compiledModel().trainStep(batch);
                StepResult actual = own.step(
                        Batch.ofInputs(INPUTS),
                        outputs -> TestLosses.softmaxCrossEntropy()
                                .valueAndGradients(LossInputs.of(outputs.only(), LABELS), Reduction.MEAN));
                assertThat(actual.applied()).isTrue();
                assertThat(actual.dataLoss()).isCloseTo(expected.dataLoss(), within(1e-12));
            }
            assertThat(own.parameters()).isEqualTo(usual.parameters());
            assertThatThrownBy(() -> own.fit(Dataset.of(INPUTS, LABELS), FitOptions.epochs(1)))
                    .hasMessageContaining("compiled without a loss");
            assertThatThrownBy(() -> own.step(
                            Batch.ofInputs(INPUTS),
                            outputs -> HeadLosses.square()
                                    .valueAndGradients(
                                            LossInputs.of(outputs.only().rows(0, 3)), Reduction.MEAN)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("'output' has the shape [37, 2], but its gradient has [3, 2]");
        }
    }

    @Test
    void aStepWithoutFiniteLossChangesNothing() {
        try (Sequential model = body().build()) {
            model.compile(options());
            Map<String, Tensor> before = model.parameters();
            Tensor poisoned = INPUTS.copy();
            poisoned.array()[4] = Float.NaN;
            StepResult result = model.step(
                    Batch.ofInputs(poisoned),
                    outputs -> HeadLosses.square().valueAndGradients(LossInputs.of(outputs.only()), Reduction.MEAN));
            assertThat(result.applied()).isFalse();
            assertThat(model.parameters()).isEqualTo(before);
        }
    }

    @Test
    void graphsThatDoNotFitAreRefusedWithBothShapes() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value x = graph.input("x", 3);
        ModelGraph.Value five = x.then("five", Dense.of(5));
        ModelGraph.Value four = x.then("four", Dense.of(4));
        assertThatThrownBy(() -> five.plus(four))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Layer 3, 'add', does not fit after 'five' of shape [5] and 'four' of shape [4]: Add takes"
                        + " values of one shape, but gets [5] and [4].");
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(2));
        five.then(tower);
        assertThatThrownBy(() -> four.then(tower))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("'tower' takes the shape [5] at its first place, but after 'four' it gets [4]");
        graph.output("y", five);
        assertThatThrownBy(graph::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("'four' leads to no output; make it one, give it to a layer, or leave it out.");
        assertThatThrownBy(() -> graph.output("y", four)).hasMessageContaining("Two outputs are named 'y'");
        assertThatThrownBy(() -> body().split("a", "b", "c").build())
                .hasMessageContaining("3 equal parts of the last axis of 'dense_1', which makes the shape [2]");
        assertThatThrownBy(() -> Model.graph().output("y", x))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("another graph");
        assertThat(List.of(heads().build().summary().split("\n")).get(4)).startsWith("digits (Dense) of dense");
    }
}
