package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several inputs, outputs and losses, and trained hyperparameters, on the device and on the CPU. */
class DeviceHeadsTest {
    private static final double TOLERANCE = 2e-5;

    @TempDir
    private Path folder;

    /**
     * Two inputs that join, and outputs that one loss reads, that several read, that a layer reads too, and that none
     * reads.
     */
    private static ModelGraph heads() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value row = graph.input("row", 5);
        ModelGraph.Value series = graph.input("series", 3, 2);
        ModelGraph.Value left = row.then("left", Dense.of(6, Activation.RELU)).then("norm", BatchNorm.of());
        ModelGraph.Value right = series.then("right", Gru.of(4).withLastStateOnly());
        ModelGraph.Value all =
                graph.concatenate(left, right, series.then(Flatten.of())).then(Dropout.of(0.2));
        ModelGraph.Value classes = all.then("classes", Dense.of(3, Activation.RELU));
        return graph.output("classes", classes)
                .output("level", classes.then("level", Dense.of(2)))
                .output("other", all.then("other", Dense.of(2, Activation.TANH)))
                .output("silent", all.then("silent", Dense.of(1)));
    }

    private static CompileOptions options(Optimizer optimizer) {
        return CompileOptions.of(
                        optimizer,
                        LossTerm.of(new WeighedClassesLoss(new float[] {1f, 0.5f, 0.25f}))
                                .from("p", "classes")
                                .from("y", "wanted"),
                        LossTerm.of(new ScaledLoss(0.3f))
                                .from("p", "level")
                                .from("y", "height")
                                .weighted(0.7),
                        LossTerm.of(new AdversaryLoss()).from("real", "level").from("fake", "other"),
                        LossTerm.of(new NearestLoss())
                                .from("p", "other")
                                .from("label", "label")
                                .weighted(0.25))
                .withHyperparameterRate(3);
    }

    private static Batch batch(SplittableRandom random, int samples) {
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("row", SameModels.random(random, samples, 5));
        inputs.put("series", SameModels.random(random, samples, 3, 2));
        SequencedMap<String, Data> targets = new LinkedHashMap<>();
        targets.put("wanted", SameModels.random(random, samples, 3));
        targets.put("height", SameModels.random(random, samples, 2));
        targets.put("label", IntTensor.over(random.ints(samples, 0, samples).toArray(), samples));
        return new Batch(inputs, targets);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Sgd.of(0.05).withMomentum(0.9), new GradientClipping.ByGlobalNorm(0.5), List.of()),
                Arguments.of(AdamW.of(0.01), new GradientClipping.ByNorm(0.2), List.of("norm", "right")),
                Arguments.of(Sgd.of(0.5), new GradientClipping.ByValue(0.01), List.of("left", "classes")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyLossStepsAsOnTheCpu(Optimizer optimizer, GradientClipping clipping, List<String> frozen) {
        CompileSpec spec = options(optimizer)
                .withClipping(clipping)
                .withFrozenLayers(frozen.toArray(String[]::new))
                .spec(3);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(heads().architecture(), spec)) {
            for (int samples : new int[] {9, 2, 7}) {
                models.onDevice().loadParameters(models.onCpu().parameters());
                models.onDevice().loadOptimizerState(models.onCpu().optimizerState());
                models.step(optimizer + " of " + samples, batch(random, samples), TOLERANCE);
                models.compareState(optimizer + " of " + samples, TOLERANCE);
            }
            models.onDevice().loadParameters(models.onCpu().parameters());
            models.evaluate("evaluated", batch(random, 4), TOLERANCE);
        }
    }

    /** A value under two names, an input that is an output, and layers that no loss reaches. */
    @Test
    void outputsShareTheirValues() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value row = graph.input("row", 2);
        ModelGraph.Value deep = row.then(Dense.of(2, Activation.RELU));
        Architecture architecture = graph.output("a", deep)
                .output("b", deep)
                .output("c", row)
                .output("d", row.then(Dense.of(2)))
                .architecture();
        CompileSpec spec = CompileOptions.of(
                        Sgd.of(1),
                        LossTerm.of(new SquaredErrorLoss()).named("first").from("p", "a"),
                        LossTerm.of(new SquaredErrorLoss()).named("second").from("p", "b"),
                        LossTerm.of(new SquaredErrorLoss()).named("third").from("p", "c"))
                .spec(1);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(architecture, spec)) {
            Batch batch = Batch.of(SameModels.random(random, 5, 2), SameModels.random(random, 5, 2));
            models.step("shared", batch, TOLERANCE);
            models.compareState("shared", TOLERANCE);
            models.evaluate("shared", batch, TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHyperparameterStaysInItsRange(boolean predictsFirst) {
        Architecture one = Architecture.input(2).add(Dense.of(1)).build();
        CompileSpec spec =
                CompileOptions.of(Sgd.of(1), new BoundedScaleLoss(0.5f)).spec(0);
        SplittableRandom random = new SplittableRandom(4);
        try (SameModels models = new SameModels(one, spec)) {
            Tensor inputs = SameModels.random(random, 3, 2);
            if (predictsFirst) {
                SameModels.assertClose(
                        "first",
                        models.onDevice().predict(inputs),
                        models.onCpu().predict(inputs),
                        TOLERANCE);
            }
            Tensor far = SameModels.random(random, 3, 1);
            for (int i = 0; i < 3; i++) {
                far.array()[i] += 3;
            }
            models.step("to the limit", Batch.of(inputs, far), TOLERANCE);
            models.compareState("at the limit", TOLERANCE);
            assertThat(models.onDevice()
                            .parameters()
                            .get("loss/boundedScale.scale")
                            .item())
                    .isEqualTo(2f);
        }
    }

    @Test
    void aTrainingResumesWithTheSameBits() throws IOException {
        Batch all = batch(new SplittableRandom(7), 21);
        Dataset data = Dataset.ofInputs("row", all.input("row"))
                .andInputs("series", all.input("series"))
                .andTargets("wanted", all.target("wanted"))
                .andTargets("height", all.target("height"))
                .andTargets("label", IntTensor.zeros(Shape.of(21)));
        FitOptions fit = FitOptions.epochs(2).withBatchSize(8).withValidation(data.take(5));
        History expected;
        Map<String, Tensor> weights;
        try (Model whole = compiled();
                Checkpoints checkpoints = Checkpoints.in(folder).everySteps(1).keeping(100)) {
            expected = whole.fit(data, fit.withCheckpointer(checkpoints));
            weights = whole.parameters();
        }
        assertThat(weights).containsKeys("norm.runningVariance", "loss/scaled.scale");
        assertThat(expected.last().hyperparameter("scaled.scale")).isNotEqualTo(0.3);
        assertThat(expected.last().part("adversary")).isNotNaN();
        Checkpoint checkpoint = Checkpoints.read(Checkpoints.list(folder).get(2));
        try (Model resumed = compiled()) {
            History history = resumed.resume(data, fit, checkpoint.snapshot());
            assertThat(history.last().scores()).isEqualTo(expected.last().scores());
            resumed.parameters()
                    .forEach((name, tensor) -> assertThat(tensor.array())
                            .as(name)
                            .containsExactly(weights.get(name).array()));
        }
    }

    /** With dropout and statistics of the batch, which the second forward pass must repeat. */
    @Test
    void aStepTakesGradientsFromTheCaller() {
        CompileSpec spec = CompileOptions.of(Adam.of(0.01))
                .withClipping(new GradientClipping.ByGlobalNorm(0.5))
                .spec(3);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(heads().architecture(), spec)) {
            Batch batch = batch(random, 7);
            for (double value : new double[] {1.5, Double.NaN, 1e200}) {
                Function<Outputs, LossResult> gradients = outputs -> alongOutputs(outputs, value);
                StepResult expected = models.onCpu().step(batch, gradients);
                StepResult actual = models.onDevice().step(batch, gradients);
                assertThat(actual).isEqualTo(expected);
                models.compareOutputs("after a step", TOLERANCE);
                models.compareState("after a step", TOLERANCE);
            }
            assertThat(models.onDevice().step()).isEqualTo(2);
            for (CompiledModel model : List.of(models.onCpu(), models.onDevice())) {
                assertThatThrownBy(() -> model.step(batch, outputs -> LossResult.of(0, outputs.get("level"))))
                        .isInstanceOf(ConfigurationException.class);
            }
        }
    }

    /** A model with losses may take such steps too. */
    @Test
    void stepsOfBothKindsTakeTurns() {
        Architecture one = Architecture.input(2).add(Dense.of(2)).build();
        CompileSpec spec =
                CompileOptions.of(Sgd.of(0.5), new SquaredErrorLoss()).spec(0);
        SplittableRandom random = new SplittableRandom(4);
        Batch batch = Batch.of(SameModels.random(random, 3, 2), SameModels.random(random, 3, 2));
        try (SameModels models = new SameModels(one, spec)) {
            models.step("first", batch, TOLERANCE);
            for (CompiledModel model : List.of(models.onCpu(), models.onDevice())) {
                model.step(batch, outputs -> LossResult.of(1, outputs.only().copy()));
            }
            models.compareState("second", TOLERANCE);
            models.step("third", batch, TOLERANCE);
            models.compareState("third", TOLERANCE);
        }
    }

    private static LossResult alongOutputs(Outputs outputs, double value) {
        Map<String, Tensor> gradients = Map.of(
                "level", outputs.get("level").copy(),
                "other", outputs.get("other").copy());
        return new LossResult(value, null, gradients, Map.of(), Map.of());
    }

    private static Model compiled() {
        Model model = heads().seed(5).build();
        model.compile(options(Adam.of(0.01)).withBackend("tornadovm"));
        return model;
    }
}
