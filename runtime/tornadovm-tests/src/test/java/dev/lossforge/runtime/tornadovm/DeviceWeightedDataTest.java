package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks, ignored labels and weights of elements count on the device as on the CPU. */
class DeviceWeightedDataTest {
    private static final int SAMPLES = 21;
    private static final int STEPS = 5;
    private static final int CLASSES = 3;
    private static final double TOLERANCE = 2e-5;

    /**
     * Labels and their weights per step, of which some are ignored, and numbers per sample, of which some are masked.
     */
    private static Dataset data() {
        SplittableRandom random = new SplittableRandom(3);
        int[] tags = random.ints(SAMPLES * STEPS, 0, CLASSES + 1)
                .map(tag -> tag == CLASSES ? 255 : tag)
                .toArray();
        Tensor kept = Tensor.zeros(SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            kept.array()[i] = i % 4 == 0 ? 0 : 1;
        }
        return Dataset.ofInputs("x", SameModels.random(random, SAMPLES, STEPS, 2))
                .andTargets("tags", IntTensor.over(tags, SAMPLES, STEPS))
                .andTargets("level", SameModels.random(random, SAMPLES, 1))
                .ignoring("tags", 255)
                .withClassWeights("tags", 0.5f, 2, 1)
                .withMask("level", kept);
    }

    private static ModelGraph graph() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value hidden =
                graph.input("x", STEPS, 2).then(Conv1D.of(6, 3, Activation.RELU).withPadding(Padding.SAME));
        return graph.output("logits", hidden.then(Conv1D.of(CLASSES, 1)))
                .output("p", hidden.then(Flatten.of()).then(Dense.of(1)))
                .seed(5);
    }

    private static CompileOptions options(Reduction reduction) {
        return CompileOptions.of(
                        Adam.of(0.01),
                        LossTerm.of(new SoftmaxCrossEntropyLoss()).from("label", "tags"),
                        LossTerm.of(new HuberLoss(1f)).from("y", "level").weighted(0.5))
                .withReduction(reduction)
                .withMetrics(
                        Metrics.accuracy().on("logits", "tags"),
                        Metrics.meanAbsoluteError().on("p", "level"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MEAN", "SUM", "WEIGHTED_MEAN"})
    void stepsAreThoseOfTheCpu(Reduction reduction) {
        CompileSpec spec = options(reduction).spec(5);
        try (Model model = graph().build();
                SameModels models = new SameModels(model.architecture(), spec)) {
            for (int size : new int[] {SAMPLES, 7, 1}) {
                models.step(size + " samples", data().take(size).beginning(), TOLERANCE);
                models.evaluate(size + " samples", data().take(size).beginning(), TOLERANCE);
            }
            models.compareState("state", 1e-3);
            StepResult nothing = models.onDevice()
                    .trainStep(data().withMask(Tensor.zeros(SAMPLES)).beginning());
            assertThat(nothing.applied()).isTrue();
            assertThat(nothing.dataLoss()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEAN", "WEIGHTED_MEAN"})
    void trainsAsOnTheCpu(Reduction reduction) {
        FitOptions fit = FitOptions.epochs(2).withBatchSize(6).withValidation(data());
        try (Model onCpu = graph().build();
                Model onDevice = graph().build()) {
            onCpu.compile(options(reduction).withBackend("cpu"));
            onDevice.compile(options(reduction).withBackend(new TornadoBackend()));
            History expected = onCpu.fit(data(), fit);
            History actual = onDevice.fit(data(), fit);
            assertThat(actual.last().loss()).isCloseTo(expected.last().loss(), within(1e-4));
            expected.last()
                    .scores()
                    .parts()
                    .forEach((name, part) -> assertThat(actual.last().scores().part(name))
                            .as(name)
                            .isCloseTo(part, within(1e-4)));
            Map<String, Double> metrics =
                    expected.last().validation().orElseThrow().scores().metrics();
            metrics.forEach((name, value) -> assertThat(
                            actual.last().validation().orElseThrow().metric(name))
                    .as(name)
                    .isCloseTo(value, within(1e-4)));
        }
    }
}
