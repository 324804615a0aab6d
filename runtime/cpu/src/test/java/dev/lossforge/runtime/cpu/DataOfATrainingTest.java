package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a training says of its data before its first step, and what it takes them from. */
class DataOfATrainingTest {
    private static final FitOptions FOUR = FitOptions.epochs(1).withBatchSize(4);

    private static Tensor random(int samples, int width) {
        SplittableRandom random = new SplittableRandom(samples);
        Tensor values = Tensor.zeros(samples, width);
        for (int i = 0; i < values.size(); i++) {
            values.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static Sequential compiled(int outputs, LossFunction loss) {
        Sequential model =
                Sequential.builder().input(3).add(Dense.of(outputs)).seed(1).build();
        model.compile(CompileOptions.of(Adam.of(0.01), loss).withBackend("cpu").withThreads(2));
        return model;
    }

    @Test
    void aLabelOutsideTheClassesIsNamedByItsRowInTheData() {
        try (Sequential model = compiled(3, TestLosses.softmaxCrossEntropy())) {
            int[] labels = IntStream.range(0, 30).map(i -> i == 21 ? 3 : i % 3).toArray();
            Dataset data = Dataset.of(random(30, 3), IntTensor.vector(labels));
            Tensor before = model.parameters().firstEntry().getValue();
            assertThatThrownBy(() -> model.fit(data, FOUR))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("'label' of row 22 (index 21) is 3, but it selects one of 3 entries");
            assertThat(model.parameters().firstEntry().getValue()).isEqualTo(before);
            Dataset good = Dataset.of(
                    random(30, 3), IntTensor.zeros(IntTensor.vector(labels).shape()));
            assertThatThrownBy(() -> model.fit(good, FOUR.withValidation(data)))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("row 22");
            float[] weights = new float[30];
            Arrays.fill(weights, 1);
            weights[21] = 0;
            model.fit(data.withWeights(Tensor.vector(weights)), FOUR);
        }
    }

    @Test
    void aTargetOutsideItsDeclaredRangeIsNamedByItsRow() {
        try (Sequential model = compiled(2, RestrictedLosses.bounded())) {
            Tensor targets = Tensor.zeros(9, 2);
            targets.array()[3] = 0.1f; // as a float a little more than the bound
            model.fit(Dataset.of(random(9, 3), targets), FOUR);
            targets.array()[2 * 7 + 1] = 0.25f;
            assertThatThrownBy(() -> model.fit(Dataset.of(random(9, 3), targets), FOUR))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'y' of row 8 (index 7) is 0.25, but the loss bounded(p, y) declares it"
                            + " between 0.0 and 0.1");
        }
    }

    @Test
    void aLastBatchOfOneSampleThatALossOverPairsCannotTakeIsRefusedAndCanBeLeftOut() {
        try (Sequential model = compiled(1, RestrictedLosses.pairs())) {
            Dataset data = Dataset.ofInputs(random(9, 3));
            assertThatThrownBy(() -> model.fit(data, FOUR))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("The last batch of 9 samples has only one of them")
                    .hasMessageContaining("droppingLast()");
            assertThat(model.fit(data, FOUR.droppingLast()).last().loss()).isFinite();
            assertThat(model.fit(data, FOUR.withBatchSize(3)).last().loss()).isFinite();
        }
    }

    @Test
    void aLastBatchOfOneSampleThatALayerCannotNormalizeIsRefusedAndCanBeLeftOut() {
        CompileOptions options = CompileOptions.of(Adam.of(0.01), RestrictedLosses.bounded())
                .withBackend("cpu")
                .withThreads(2);
        Dataset data = Dataset.of(random(9, 3), Tensor.zeros(9, 3));
        try (Sequential model = Sequential.builder()
                .input(3)
                .add("norm", BatchNorm.of())
                .seed(1)
                .build()) {
            model.compile(options);
            assertThatThrownBy(() -> model.fit(data, FOUR))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            "The last batch of 9 samples has only one of them, for which the layer 'norm'")
                    .hasMessageContaining("droppingLast()");
            assertThat(model.fit(data, FOUR.droppingLast()).last().loss()).isFinite();
            model.compile(options.withFrozenLayers("norm"));
            assertThat(model.fit(data, FOUR).last().loss()).isFinite();
        }
    }

    @Test
    void aSampleWithoutAnotherIsRefusedWhereverItIsAlone() {
        try (Sequential model = compiled(1, RestrictedLosses.pairs())) {
            Dataset data = Dataset.ofInputs(random(9, 3));
            assertThatThrownBy(() -> model.fit(data, FOUR.withBatchSize(1)))
                    .hasMessage("Each batch has only one sample, for which the loss over the batch is NaN;"
                            + " choose a larger batch size.");
            assertThatThrownBy(() -> model.fit(Dataset.ofInputs(random(1, 3)), FOUR))
                    .hasMessage("The data has only one sample, for which the loss over the batch is NaN;"
                            + " give more samples.");
            // A validation takes batches of 256.
            Dataset validation = Dataset.ofInputs(random(257, 3));
            assertThatThrownBy(() -> model.fit(data, FOUR.withBatchSize(3).withValidation(validation)))
                    .hasMessageContaining("The last batch of 257 samples has only one of them")
                    .hasMessageContaining("another size than 256");
            assertThatThrownBy(() -> model.evaluate(data, 4)).hasMessageContaining("The last batch of 9 samples");
            assertThat(model.evaluate(data, 3).loss()).isFinite();
        }
    }

    @Test
    void aBatchThatIsTooSmallForAFormulaIsRefusedAndCanBeLeftOut() {
        LossSignature signature = LossSignature.of(
                        "triples",
                        Scope.BATCH,
                        LossSignature.Input.prediction("p", 2),
                        LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 2)
                                .between(0, 1))
                .excluding(new LossSignature.ExcludedExtents(0, 0, 1, 2));
        try (Sequential model = compiled(1, RestrictedLosses.pairs(signature))) {
            Dataset data = Dataset.of(random(10, 3), Tensor.zeros(10, 1));
            assertThatThrownBy(() -> model.fit(data, FOUR))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(
                            "The last batch of 10 samples has only 2 of them, for which the loss triples(p, y) has no"
                                    + " value; leave it out with FitOptions.droppingLast(), or choose another batch size.");
            assertThatThrownBy(() -> model.fit(data, FOUR.withBatchSize(2)))
                    .hasMessage("Each batch has only 2 samples, for which the loss triples(p, y) has no value;"
                            + " choose a larger batch size.");
            assertThatThrownBy(() -> model.evaluate(data, 4)).hasMessageContaining("The last batch of 10 samples");
            assertThat(model.fit(data, FOUR.droppingLast()).last().loss()).isFinite();
            assertThat(model.evaluate(data, 5).loss()).isFinite();
        }
    }

    @Test
    void rowsThatAreTooShortForAFormulaAreRefused() {
        LossSignature signature = LossSignature.of("second", Scope.SAMPLE, LossSignature.Input.prediction("p", 1))
                .excluding(new LossSignature.ExcludedExtents(0, 0, 1, 1));
        try (Sequential model = compiled(1, RestrictedLosses.pairs(signature))) {
            Dataset data = Dataset.ofInputs(random(8, 3));
            assertThatThrownBy(() -> model.fit(data, FOUR))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("The loss second(p) needs at least 2 entries in each row of 'p'");
            assertThatThrownBy(() -> model.evaluate(data, 4)).isInstanceOf(ShapeException.class);
        }
    }

    @Test
    void anEvaluationNamesTheRowToo() {
        try (Sequential model = compiled(3, TestLosses.softmaxCrossEntropy())) {
            Dataset data = Dataset.of(random(3, 3), IntTensor.vector(0, 1, 3));
            assertThatThrownBy(() -> model.evaluate(data)).hasMessageContaining("'label' of row 3 (index 2) is 3");
        }
        try (Sequential model = compiled(2, RestrictedLosses.bounded())) {
            Tensor targets = Tensor.zeros(9, 2);
            targets.array()[3] = Float.NaN;
            assertThatThrownBy(() -> model.evaluate(Dataset.of(random(9, 3), targets)))
                    .hasMessageContaining("'y' of row 2 (index 1) is NaN, but the loss bounded(p, y) declares it");
        }
    }

    @Test
    void aWrongTargetOfAStreamIsNamedByItsRowInTheStream() {
        List<Dataset> parts = List.of(
                Dataset.of(
                        random(5, 3),
                        IntTensor.zeros(IntTensor.vector(0, 0, 0, 0, 0).shape())),
                Dataset.of(random(4, 3), IntTensor.vector(0, 1, 2, 3)));
        try (Sequential model = compiled(3, TestLosses.softmaxCrossEntropy())) {
            assertThatThrownBy(() -> model.fit(Dataset.streamed(9, 4, parts::iterator), FOUR))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("'label' of row 9 (index 8) is 3");
        }
    }

    @Test
    void whatIsNotANumberInTheDataIsNamedWhenTheLossIsNone() {
        try (Sequential model = compiled(2, TestLosses.squaredError())) {
            Tensor inputs = random(9, 3);
            inputs.array()[3 * 6 + 1] = Float.NaN;
            Tensor targets = Tensor.zeros(9, 2);
            assertThatThrownBy(() -> model.fit(Dataset.of(inputs, targets), FOUR))
                    .isInstanceOf(NonFiniteLossException.class)
                    .hasMessageContaining("'input' of row 7 (index 6) is NaN, so replace this value");
            targets.array()[2 * 4] = Float.POSITIVE_INFINITY;
            Dataset infinite = Dataset.of(random(9, 3), targets);
            assertThatThrownBy(() -> model.fit(infinite, FOUR))
                    .hasMessageContaining("'target' of row 5 (index 4) is Infinity");
            assertThatThrownBy(() -> model.fit(
                            Dataset.streamed(9, 4, () -> List.of(infinite).iterator()), FOUR))
                    .hasMessageContaining("'target' of a sample of this batch is Infinity");
            // What is masked may be anything; here the rest is to blame.
            float[] mask = new float[9];
            Arrays.fill(mask, 1);
            mask[4] = 0;
            targets.array()[0] = Float.NaN;
            assertThatThrownBy(() -> model.fit(infinite.withMask(Tensor.vector(mask)), FOUR))
                    .hasMessageContaining("'target' of row 1 (index 0) is NaN");
        }
    }

    @Test
    void weightsBelowZeroAreRefusedInABatchOfOnesOwn() {
        LossFunction loss = RestrictedLosses.bounded();
        assertThatThrownBy(() -> loss.value(
                        LossInputs.of(Tensor.vector(1, 2), Tensor.vector(0, 0)).withWeights(Tensor.vector(1, -2)),
                        Reduction.MEAN))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the weight -2.0 in place 2");
    }

    @Test
    void metricsWeighSamplesAsTheLossDoes() {
        Sequential model =
                Sequential.builder().input(3).add(Dense.of(2)).seed(1).build();
        try (model) {
            model.compile(CompileOptions.of(Adam.of(0.01), TestLosses.softmaxCrossEntropy())
                    .withBackend("cpu")
                    .withMetrics(Metrics.accuracy(), Metrics.auc()));
            Tensor inputs = random(50, 3);
            int[] right = model.predict(inputs).argMax().array();
            int[] labels = right.clone();
            labels[10] = 1 - labels[10];
            Dataset data = Dataset.of(inputs, IntTensor.vector(labels));
            assertThat(model.evaluate(data).accuracy()).isEqualTo(0.98);
            Tensor weights = Tensor.zeros(50);
            Arrays.fill(weights.array(), 1);
            weights.array()[10] = 0;
            assertThat(model.evaluate(data.withWeights(weights)).accuracy()).isEqualTo(1);
            assertThat(model.evaluate(data.withWeights(weights)).metric("auc")).isEqualTo(1);
        }
    }
}
