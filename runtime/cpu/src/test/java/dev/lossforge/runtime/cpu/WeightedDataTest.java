package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Padding;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Accuracy;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.Checkpointer;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks, ignored labels and weights of elements in training, evaluation and metrics. */
class WeightedDataTest {
    private static final int SAMPLES = 23;
    private static final int STEPS = 5;
    private static final int CLASSES = 3;
    private static final int IGNORED = 255;
    private static final double LN2 = Math.log(2);

    /** Tags of sequences of different lengths, padded with what is ignored; no step of the last one counts. */
    private static Dataset sequences(int padding) {
        SplittableRandom random = new SplittableRandom(4);
        int[] tags = new int[SAMPLES * STEPS];
        for (int i = 0; i < tags.length; i++) {
            int length = i / STEPS == SAMPLES - 1 ? 0 : 1 + i / STEPS % STEPS;
            int tag = random.nextInt(CLASSES);
            tags[i] = i % STEPS < length ? tag : padding;
        }
        return Dataset.of(
                Tensor.over(RandomFloats.of(SAMPLES * STEPS * 2, random), SAMPLES, STEPS, 2),
                IntTensor.over(tags, SAMPLES, STEPS));
    }

    private static Dataset sequences() {
        return sequences(IGNORED).ignoring(IGNORED);
    }

    private static Sequential tagger(int threads, Reduction reduction) {
        Sequential model = Sequential.builder()
                .input(STEPS, 2)
                .add(Conv1D.of(8, 3, Activation.RELU).withPadding(Padding.SAME))
                .add(Conv1D.of(CLASSES, 1))
                .seed(2)
                .build();
        model.compile(CompileOptions.of(Adam.of(0.05), TestLosses.softmaxCrossEntropy())
                .withReduction(reduction)
                .withMetrics(Accuracy.ofClasses(), Metrics.macroF1())
                .withBackend("cpu")
                .withThreads(threads));
        return model;
    }

    /** Outputs are the inputs. */
    private static Sequential identity(Reduction reduction) {
        Sequential model = Sequential.builder().input(2, 3).add(Conv1D.of(3, 1)).build();
        Map<String, Tensor> parameters = new LinkedHashMap<>(model.parameters());
        parameters.replaceAll((name, values) -> {
            Tensor chosen = Tensor.zeros(values.shape());
            for (int i = 0; i < chosen.size(); i++) {
                chosen.array()[i] = chosen.size() == 9 && i % 4 == 0 ? 1 : 0;
            }
            return chosen;
        });
        model.loadParameters(parameters);
        model.compile(CompileOptions.of(Sgd.of(1), TestLosses.softmaxCrossEntropy())
                .withReduction(reduction)
                .withMetrics(Accuracy.ofClasses())
                .withBackend("cpu"));
        return model;
    }

    /** Two sequences of two steps; the probabilities of the labels are 1/2, of one ignored, 1/4, and 1/8. */
    private static Dataset halves() {
        float[] probabilities = {.5f, .25f, .25f, .3f, .3f, .4f, .5f, .25f, .25f, .125f, .125f, .75f};
        float[] logits = new float[12];
        for (int i = 0; i < 12; i++) {
            logits[i] = (float) Math.log(probabilities[i]);
        }
        return Dataset.of(Tensor.over(logits, 2, 2, 3), IntTensor.over(new int[] {0, IGNORED, 2, 1}, 2, 2))
                .ignoring(IGNORED);
    }

    /**
     * What PyTorch documents of {@code cross_entropy} with ignore_index: a mean is over the labels that are not
     * ignored; with {@code weight}, it is divided by the sum of their weights. The losses are ln 2, 2 ln 2 and 3 ln 2,
     * and the weights of their classes 1, 4 and 2.
     */
    @ParameterizedTest
    @CsvSource({
        "MEAN, false, 2",
        "SUM, false, 6",
        "WEIGHTED_MEAN, false, 2",
        "MEAN, true, 5",
        "SUM, true, 15",
        "WEIGHTED_MEAN, true, 2.142857142857143", // 15/7
    })
    void reducesAsPyTorchDocuments(Reduction reduction, boolean weighted, double expected) {
        Dataset data = weighted ? halves().withClassWeights(1, 2, 4) : halves();
        try (Sequential model = identity(reduction)) {
            for (int batchSize : new int[] {1, 2}) {
                Evaluation result = model.evaluate(data, batchSize);
                assertThat(result.loss()).isCloseTo(expected * LN2, within(1e-6));
                // Only the first label has the largest output, of a weight of 1 of 3, or of 7.
                assertThat(result.accuracy()).isCloseTo(weighted ? 1 / 7.0 : 1 / 3.0, within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsLeftOutMayBeAnythingAndChangesNoBit(int threads) {
        Dataset data = sequences();
        Dataset other = Dataset.of(data.inputs(), sequences(-7).targets()).withMask(data.mask());
        try (Sequential one = tagger(threads, Reduction.MEAN);
                Sequential two = tagger(threads, Reduction.MEAN)) {
            FitOptions options = FitOptions.epochs(3).withBatchSize(4);
            History ignoring = one.fit(data, options.withValidation(data));
            History masking = two.fit(other, options.withValidation(other));
            assertThat(two.parameters()).isEqualTo(one.parameters());
            assertThat(masking.last().scores()).isEqualTo(ignoring.last().scores());
            assertThat(masking.last().validation().orElseThrow().loss())
                    .isEqualTo(ignoring.last().validation().orElseThrow().loss());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MEAN", "SUM", "WEIGHTED_MEAN"})
    void anEpochIsTheWholeWhateverTheBatches(Reduction reduction) {
        Dataset data = sequences().withClassWeights(0.5f, 2, 1);
        try (Sequential model = tagger(2, reduction)) {
            Evaluation whole = model.evaluate(data, SAMPLES);
            Tensor outputs = model.predict(data.inputs());
            double expected = TestLosses.softmaxCrossEntropy()
                    .value(
                            LossInputs.of(outputs, data.targets())
                                    .withWeights(data.weights())
                                    .ignoring(IGNORED),
                            reduction);
            assertThat(whole.loss()).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
            for (int batchSize : new int[] {1, 2, 7}) {
                Evaluation parts = model.evaluate(data, batchSize);
                assertThat(parts.loss()).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
                assertThat(parts.accuracy()).isCloseTo(whole.accuracy(), within(1e-12));
                assertThat(parts.metric("macro f1")).isCloseTo(whole.metric("macro f1"), within(1e-12));
            }
        }
    }

    @Test
    void aLoopOfOnesOwnTrainsTheSame() {
        Dataset data = sequences().withWeights("target", Tensor.over(absolute(SAMPLES * STEPS), SAMPLES, STEPS));
        try (Sequential fitted = tagger(1, Reduction.MEAN);
                Sequential stepped = tagger(1, Reduction.MEAN)) {
            fitted.fit(data, FitOptions.epochs(2).withBatchSize(4).inOrder());
            for (int epoch = 0; epoch < 2; epoch++) {
                for (Batch batch : data.batches(4)) {
                    LossInputs inputs =
                            LossInputs.of().withWeights(batch.weights()).withMask(batch.mask());
                    stepped.step(
                            batch,
                            outputs -> TestLosses.softmaxCrossEntropy()
                                    .valueAndGradients(
                                            inputs.and("logits", outputs.only()).and("label", batch.targets()),
                                            Reduction.MEAN));
                }
            }
            assertThat(stepped.parameters()).isEqualTo(fitted.parameters());
        }
    }

    private static float[] absolute(int count) {
        float[] values = RandomFloats.of(count, new SplittableRandom(8));
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }

    /** Keeps all snapshots. */
    private static final class Memory implements Checkpointer {
        private final List<TrainingSnapshot> snapshots = new ArrayList<>();

        @Override
        public void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot) {
            snapshots.add(snapshot.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resumesWithTheSameBits(boolean streamed) {
        Dataset stored = sequences().withClassWeights(0.5f, 2, 1);
        Dataset data = streamed
                ? Dataset.streamed(
                        SAMPLES,
                        6,
                        () -> IntStream.range(0, 5)
                                .mapToObj(i -> stored.skip(5 * i).take(5))
                                .iterator())
                : stored;
        FitOptions options = FitOptions.epochs(2).withBatchSize(4).droppingLast();
        Memory memory = new Memory();
        try (Sequential model = tagger(2, Reduction.WEIGHTED_MEAN)) {
            History history = model.fit(data, options.withCheckpointer(memory));
            for (TrainingSnapshot snapshot : memory.snapshots) {
                try (Sequential other = tagger(2, Reduction.WEIGHTED_MEAN)) {
                    History resumed = other.resume(data, options, snapshot);
                    assertThat(other.parameters()).isEqualTo(model.parameters());
                    assertThat(resumed.last().scores()).isEqualTo(history.last().scores());
                }
            }
            TrainingSnapshot last = memory.snapshots.getLast();
            Dataset unmasked = Dataset.of(stored.inputs(), sequences(0).targets());
            assertThatThrownBy(() -> model.resume(unmasked, options, last)).hasMessageContaining("data's checksum");
        }
    }

    @Test
    void aBatchInWhichNothingCountsChangesNothing() {
        Dataset data = sequences();
        Dataset nothing = data.withMask(Tensor.zeros(SAMPLES));
        try (Sequential model = tagger(2, Reduction.MEAN)) {
            Map<String, Tensor> before = model.parameters();
            History history = model.fit(nothing, FitOptions.epochs(1).withBatchSize(4));
            assertThat(model.parameters()).isEqualTo(before);
            assertThat(history.last().loss()).isNaN();
            assertThat(history.last().scores().accuracy()).isNaN();
            StepResult step =
                    model.compiledModel().trainStep(nothing.beginning().rows(0, 4));
            assertThat(step.applied()).isTrue();
            assertThat(step.dataLoss()).isZero();
            assertThat(model.evaluate(data, 1).loss()).isFinite(); // one of its batches counts nothing
        }
    }

    /** Two outputs, of which one loss has a mask per step and the other one per sample. */
    private static Model heads() {
        return heads(Reduction.MEAN);
    }

    private static Model heads(Reduction reduction) {
        var graph = Model.graph();
        var hidden =
                graph.input("x", STEPS, 2).then(Conv1D.of(4, 3, Activation.RELU).withPadding(Padding.SAME));
        Model model = graph.output("tags", hidden.then(Conv1D.of(CLASSES, 1)))
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
                        Accuracy.ofClasses().on("tags", "words"),
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
        return Dataset.ofInputs(sequences().inputs())
                .andTargets("words", sequences().targets())
                .andTargets("levels", Tensor.over(RandomFloats.of(SAMPLES, random), SAMPLES, 1))
                .ignoring("words", IGNORED)
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
                                    .ignoring(IGNORED),
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

    /** Over several machines: a batch in shares is the batch, though each share counts another number of steps. */
    @Test
    void sharesCountAsInOneBatch() {
        Batch batch = sequences().withClassWeights(0.5f, 2, 1).beginning();
        for (Reduction reduction : new Reduction[] {Reduction.MEAN, Reduction.WEIGHTED_MEAN, Reduction.SUM}) {
            try (Sequential one = tagger(1, reduction);
                    Sequential several = tagger(1, reduction)) {
                assertSharesMakeTheStep(one, several, batch, false);
            }
            try (Sequential one = tagger(1, reduction);
                    Sequential several = tagger(1, reduction)) {
                assertSharesMakeTheStep(one, several, batch, true);
            }
        }
    }

    /** The shares know what each loss counts in the whole batch, since one divisor would not do for both. */
    @ParameterizedTest
    @EnumSource(names = {"MEAN", "SUM", "WEIGHTED_MEAN"})
    void eachOfSeveralLossesHasItsOwnMeanInShares(Reduction reduction) {
        float[] weights = absolute(SAMPLES);
        Batch batch = bothTargets()
                .withWeights("levels", Tensor.over(weights, SAMPLES))
                .beginning();
        try (Model one = heads(reduction);
                Model several = heads(reduction)) {
            assertSharesMakeTheStep(one, several, batch, true);
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
            StepResult result = assertSharesMakeTheStep(one, several, batch, true);
            assertThat(result.losses().get("levelling")).isZero();
            assertThat(result.losses().get("tagging")).isPositive();
        }
    }

    private static StepResult assertSharesMakeTheStep(Model one, Model several, Batch batch, boolean counting) {
        StepResult expected = one.compiledModel().trainStep(batch);
        CompiledModel model = several.compiledModel();
        Batch head = batch.rows(0, 6);
        Batch tail = batch.rows(6, SAMPLES);
        List<LossCount> counts = new ArrayList<>();
        for (int i = 0; i < expected.divisors().size() && counting; i++) {
            counts.add(model.counts(head).get(i).plus(model.counts(tail).get(i)));
        }
        float[] first = new float[model.gradientSize()];
        float[] second = new float[first.length];
        GradientSums sums = model.gradients(head, SharePlace.at(0).counting(counts), first)
                .plus(model.gradients(tail, SharePlace.at(6).counting(counts), second));
        for (int i = 0; i < first.length; i++) {
            first[i] += second[i];
        }
        StepResult actual = model.update(sums, first);
        assertThat(actual.applied()).isTrue();
        assertThat(actual.dataLoss()).isCloseTo(expected.dataLoss(), within(1e-6 * expected.dataLoss()));
        for (int i = 0; i < expected.divisors().size(); i++) {
            assertThat(actual.divisors().get(i)).isCloseTo(expected.divisors().get(i), within(1e-9));
        }
        expected.losses()
                .forEach((name, value) ->
                        assertThat(actual.losses().get(name)).as(name).isCloseTo(value, within(1e-6 * value)));
        one.parameters()
                .forEach((name, tensor) -> assertThat(
                                several.parameters().get(name).array())
                        .as(name)
                        .containsExactly(tensor.array(), within(1e-5f)));
        return actual;
    }

    @Test
    void metricsCountWhatTheLossCounts() {
        float[] outputs = {3, -1, 2, 0.5f, -2, 1, 4, -3};
        float[] targets = {1, 0, 0, 1, 0, 1, 1, 0};
        Tensor weights = Tensor.over(new float[] {1, 0, 2, 1, 0, 1, 3, 1}, 4, 2);
        Dataset data = Dataset.of(Tensor.over(outputs, 4, 2), Tensor.over(targets, 4, 2))
                .withWeights(weights)
                .withMask(Tensor.over(new float[] {1, 1, 1, 1, 1, 1, 0, 1}, 4, 2));
        try (Sequential model = Sequential.builder().input(2).add(Dense.of(2)).build()) {
            Map<String, Tensor> parameters = new LinkedHashMap<>(model.parameters());
            parameters.put("dense.weights", Tensor.over(new float[] {1, 0, 0, 1}, 2, 2));
            parameters.put("dense.bias", Tensor.zeros(2));
            model.loadParameters(parameters);
            model.compile(CompileOptions.of(Sgd.of(1), TestLosses.squaredError())
                    .withReduction(Reduction.WEIGHTED_MEAN)
                    .withMetrics(
                            Metrics.binaryAccuracy(0),
                            Metrics.precision(0),
                            Metrics.auc(),
                            Metrics.meanAbsoluteError(),
                            Metrics.r2())
                    .withBackend("cpu"));
            Evaluation result = model.evaluate(data, 3);
            // Left: (3, 1)·1, (2, 0)·2, (0.5, 1)·1, (1, 1)·1, (−3, 0)·1; weights add up to 6.
            assertThat(result.metric("binary accuracy")).isCloseTo(4 / 6.0, within(1e-9));
            assertThat(result.metric("precision")).isCloseTo(3 / 5.0, within(1e-9));
            // Pairs of a positive (3, 0.5, 1) and a negative (2 twice, −3): 9, of which 2 + 1 + 0 + 1 + 0 + 1 are
            // right.
            assertThat(result.metric("auc")).isCloseTo(5 / 9.0, within(1e-9));
            assertThat(result.metric("mean absolute error")).isCloseTo((2 + 2 * 2 + 0.5 + 0 + 3) / 6, within(1e-9));
            assertThat(result.loss()).isCloseTo((4 + 2 * 4 + 0.25 + 9) / 6, within(1e-6));
        }
    }

    @Test
    void aLossOverTheBatchTakesNone() {
        try (Sequential model = Sequential.builder().input(3).add(Dense.of(2)).build()) {
            model.compile(
                    CompileOptions.of(Sgd.of(1), TestLosses.totalSquaredError()).withBackend("cpu"));
            Dataset data = Dataset.of(Tensor.zeros(4, 3), Tensor.zeros(4, 2)).withMask(Tensor.vector(1, 1, 0, 1));
            assertThatThrownBy(() -> model.fit(data, FitOptions.epochs(1)))
                    .hasMessageContaining("takes no sample weights and no mask");
        }
    }

    @Test
    void labelsAreCheckedExceptWhereTheyAreLeftOut() {
        try (Sequential model = tagger(1, Reduction.MEAN)) {
            model.fit(sequences(), FitOptions.epochs(1));
            assertThatThrownBy(() -> model.fit(sequences(IGNORED), FitOptions.epochs(1)))
                    .hasMessageContaining("row 1 (index 0)")
                    .hasMessageContaining("255");
        }
    }
}
