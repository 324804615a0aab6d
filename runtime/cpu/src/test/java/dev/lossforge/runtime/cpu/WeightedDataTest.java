package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks, ignored labels and weights of elements in training, evaluation and metrics. */
class WeightedDataTest {
    private static final int SAMPLES = PaddedSequences.SAMPLES;
    private static final int IGNORED = PaddedSequences.IGNORED;
    private static final double LN2 = Math.log(2);

    private static Sequential tagger(int threads, Reduction reduction) {
        Sequential model = Sequential.builder()
                .input(PaddedSequences.STEPS, 2)
                .add(Conv1D.of(8, 3, Activation.RELU).withPadding(Padding.SAME))
                .add(Conv1D.of(PaddedSequences.CLASSES, 1))
                .seed(2)
                .build();
        model.compile(CompileOptions.of(Adam.of(0.05), TestLosses.softmaxCrossEntropy())
                .withReduction(reduction)
                .withMetrics(Metrics.accuracy(), Metrics.macroF1())
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
                .withMetrics(Metrics.accuracy())
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
        Dataset data = PaddedSequences.masked();
        Dataset other = Dataset.of(data.inputs(), PaddedSequences.paddedBy(-7).targets())
                .withMask(data.mask());
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
        Dataset data = PaddedSequences.masked().withClassWeights(0.5f, 2, 1);
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
        Dataset data = PaddedSequences.masked()
                .withWeights(
                        "target",
                        Tensor.over(
                                PaddedSequences.weights(SAMPLES * PaddedSequences.STEPS),
                                SAMPLES,
                                PaddedSequences.STEPS));
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resumesWithTheSameBits(boolean streamed) {
        Dataset stored = PaddedSequences.masked().withClassWeights(0.5f, 2, 1);
        Dataset data = streamed
                ? Dataset.streamed(
                        SAMPLES,
                        6,
                        () -> IntStream.range(0, 5)
                                .mapToObj(i -> stored.skip(5 * i).take(5))
                                .iterator())
                : stored;
        FitOptions options = FitOptions.epochs(2).withBatchSize(4).droppingLast();
        SnapshotMemory memory = new SnapshotMemory();
        try (Sequential model = tagger(2, Reduction.WEIGHTED_MEAN)) {
            History history = model.fit(data, options.withCheckpointer(memory));
            for (TrainingSnapshot snapshot : memory.snapshots()) {
                try (Sequential other = tagger(2, Reduction.WEIGHTED_MEAN)) {
                    History resumed = other.resume(data, options, snapshot);
                    assertThat(other.parameters()).isEqualTo(model.parameters());
                    assertThat(resumed.last().scores()).isEqualTo(history.last().scores());
                }
            }
            TrainingSnapshot last = memory.snapshots().getLast();
            Dataset unmasked =
                    Dataset.of(stored.inputs(), PaddedSequences.paddedBy(0).targets());
            assertThatThrownBy(() -> model.resume(unmasked, options, last)).hasMessageContaining("data's checksum");
        }
    }

    @Test
    void aBatchInWhichNothingCountsChangesNothing() {
        Dataset data = PaddedSequences.masked();
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

    /** Over several machines: a batch in shares is the batch, though each share counts another number of steps. */
    @Test
    void sharesCountAsInOneBatch() {
        Batch batch = PaddedSequences.masked().withClassWeights(0.5f, 2, 1).beginning();
        for (Reduction reduction : new Reduction[] {Reduction.MEAN, Reduction.WEIGHTED_MEAN, Reduction.SUM}) {
            try (Sequential one = tagger(1, reduction);
                    Sequential several = tagger(1, reduction)) {
                ShareSteps.assertSharesMakeTheStep(one, several, batch, false);
            }
            try (Sequential one = tagger(1, reduction);
                    Sequential several = tagger(1, reduction)) {
                ShareSteps.assertSharesMakeTheStep(one, several, batch, true);
            }
        }
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
            model.fit(PaddedSequences.masked(), FitOptions.epochs(1));
            assertThatThrownBy(() -> model.fit(PaddedSequences.paddedBy(IGNORED), FitOptions.epochs(1)))
                    .hasMessageContaining("row 1 (index 0)")
                    .hasMessageContaining("255");
        }
    }
}
