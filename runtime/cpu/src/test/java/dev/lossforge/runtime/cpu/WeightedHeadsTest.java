package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks and weights of several losses, each with a target of its own. */
class WeightedHeadsTest {
    private static final int SAMPLES = PaddedSequences.SAMPLES;

    /** Two outputs, of which one loss has a mask per step and the other one per sample. */
    private static Model heads() {
        return heads(Reduction.MEAN);
    }

    private static Model heads(Reduction reduction) {
        var graph = Model.graph();
        var hidden = graph.input("x", PaddedSequences.STEPS, 2)
                .then(Conv1D.of(4, 3, Activation.RELU).withPadding(Padding.SAME));
        Model model = graph.output("tags", hidden.then(Conv1D.of(PaddedSequences.CLASSES, 1)))
                .output("level", hidden.then(Flatten.of()).then(Dense.of(1)))
                .seed(3)
                .build();
        model.compile(CompileOptions.of(
                        Sgd.of(0.1),
                        LossTerm.of(TestLosses.softmaxCrossEntropy())
                                .named("tagging")
                                .from("logits", "tags")
                                .from("label", "words"),
                        LossTerm.of(TestLosses.squaredError())
                                .named("levelling")
                                .from("p", "level")
                                .from("y", "levels")
                                .weighted(0.5))
                .withReduction(reduction)
                .withMetrics(
                        Metrics.accuracy().on("tags", "words"),
                        Metrics.meanAbsoluteError().on("level", "levels"))
                .withBackend("cpu")
                .withThreads(2));
        return model;
    }

    private static Dataset bothTargets() {
        Tensor some = Tensor.zeros(SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            some.array()[i] = i % 3 == 0 ? 0 : 1;
        }
        SplittableRandom random = new SplittableRandom(6);
        return Dataset.ofInputs(PaddedSequences.masked().inputs())
                .andTargets("words", PaddedSequences.masked().targets())
                .andTargets("levels", Tensor.over(RandomFloats.of(SAMPLES, random), SAMPLES, 1))
                .ignoring("words", PaddedSequences.IGNORED)
                .withMask("levels", some);
    }

    @Test
    void eachOfSeveralLossesHasItsOwnMean() {
        Dataset data = bothTargets();
        try (Model model = heads()) {
            Map<String, Tensor> inputs = Map.of("x", data.inputs());
            double tagging = TestLosses.softmaxCrossEntropy()
                    .value(
                            LossInputs.of(
                                            model.predict(inputs).get("tags"),
                                            data.namedTargets().get("words"))
                                    .ignoring(PaddedSequences.IGNORED),
                            Reduction.MEAN);
            Tensor levels = model.predict(inputs).get("level");
            double squares = 0;
            double errors = 0;
            int count = 0;
            for (int i = 0; i < SAMPLES; i++) {
                if (i % 3 != 0) {
                    double error =
                            levels.array()[i] - ((Tensor) data.namedTargets().get("levels")).array()[i];
                    squares += error * error;
                    errors += Math.abs(error);
                    count++;
                }
            }
            for (int batchSize : new int[] {1, 4, SAMPLES}) {
                Evaluation result = model.evaluate(data, batchSize);
                assertThat(result.scores().part("tagging")).isCloseTo(tagging, within(1e-6));
                assertThat(result.scores().part("levelling")).isCloseTo(squares / count, within(1e-6));
                assertThat(result.loss()).isCloseTo(tagging + 0.5 * squares / count, within(1e-6));
                assertThat(result.metric("level mean absolute error")).isCloseTo(errors / count, within(1e-6));
            }
            double before = model.evaluate(data).loss();
            model.fit(data, FitOptions.epochs(5).withBatchSize(4));
            assertThat(model.evaluate(data).loss()).isLessThan(before);
        }
    }

    /** The shares know what each loss counts in the whole batch, since one divisor would not do for both. */
    @ParameterizedTest
    @EnumSource(names = {"MEAN", "SUM", "WEIGHTED_MEAN"})
    void eachOfSeveralLossesHasItsOwnMeanInShares(Reduction reduction) {
        float[] weights = PaddedSequences.weights(SAMPLES);
        Batch batch = bothTargets()
                .withWeights("levels", Tensor.over(weights, SAMPLES))
                .beginning();
        try (Model one = heads(reduction);
                Model several = heads(reduction)) {
            ShareSteps.assertSharesMakeTheStep(one, several, batch, true);
        }
    }

    @Test
    void sharesOfLossesThatCountDifferentlyNeedTheCounts() {
        try (Model model = heads(Reduction.MEAN)) {
            CompiledModel compiled = model.compiledModel();
            Batch both = bothTargets().beginning();
            float[] gradients = new float[compiled.gradientSize()];
            assertThatThrownBy(() -> compiled.gradients(both, SharePlace.at(0), gradients))
                    .hasMessageContaining("the loss 'tagging' counts")
                    .hasMessageContaining("give them in SharePlace.counting.");
            SharePlace knowing = SharePlace.at(0).counting(compiled.counts(both));
            GradientSums known = compiled.gradients(both, knowing, gradients);
            GradientSums unknown = new GradientSums(known.losses(), known.counts(), false, true);
            assertThatThrownBy(() -> known.plus(unknown)).hasMessageContaining("tell all shares of a batch, or none");
        }
    }

    /** A loss that counts nothing of the batch has no gradient, and keeps the other one from none. */
    @Test
    void aLossThatCountsNothingInAnyShareIsZero() {
        Batch batch = bothTargets().withMask("levels", Tensor.zeros(SAMPLES)).beginning();
        try (Model one = heads(Reduction.MEAN);
                Model several = heads(Reduction.MEAN)) {
            StepResult result = ShareSteps.assertSharesMakeTheStep(one, several, batch, true);
            assertThat(result.losses().get("levelling")).isZero();
            assertThat(result.losses().get("tagging")).isPositive();
        }
    }
}
