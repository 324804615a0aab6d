package dev.lossforge.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.NonFiniteLossException;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialTest {
    private final LinearBackend backend = new LinearBackend();

    /** Class 0 where the first input is the greater, class 1 elsewhere. */
    static Dataset comparisons(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor inputs = Tensor.zeros(samples, 2);
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            inputs.array()[2 * i] = (float) random.nextDouble(-1, 1);
            inputs.array()[2 * i + 1] = (float) random.nextDouble(-1, 1);
            labels[i] = inputs.get(i, 0) > inputs.get(i, 1) ? 0 : 1;
        }
        return Dataset.of(inputs, IntTensor.vector(labels));
    }

    private static Sequential uncompiled(long seed) {
        return Sequential.builder().input(2).add(Dense.of(2)).seed(seed).build();
    }

    private Sequential compiled(long seed) {
        Sequential model = uncompiled(seed);
        model.compile(options(0.1));
        return model;
    }

    private CompileOptions options(double learningRate) {
        return CompileOptions.of(Sgd.of(learningRate), new SquaredError())
                .withMetrics(Metrics.accuracy())
                .withBackend(backend);
    }

    @Test
    void learns() {
        Sequential model = compiled(1);
        Dataset test = comparisons(500, 2);
        double before = model.evaluate(test).loss();
        History history = model.fit(
                comparisons(1000, 1), FitOptions.epochs(5).withBatchSize(16).withValidation(test));
        assertThat(history.epochs()).hasSize(5);
        assertThat(history.last().epoch()).isEqualTo(5);
        assertThat(history.last().accuracy()).isGreaterThan(0.95);
        assertThat(history.last().loss()).isLessThan(history.epochs().getFirst().loss());
        Evaluation after = model.evaluate(test);
        assertThat(after.loss()).isLessThan(before);
        assertThat(after.samples()).isEqualTo(500);
        assertThat(history.last().validation()).contains(after);
    }

    @Test
    void reportsTheLossOverAllSamplesWhateverTheBatches() {
        Sequential model = compiled(1);
        Dataset data = comparisons(100, 3);
        double whole = model.evaluate(data, 100).loss();
        assertThat(model.evaluate(data, 7).loss()).isCloseTo(whole, within(1e-9));
        double direct = backend.compiled
                .getFirst()
                .evaluate(data.batches(100).iterator().next())
                .dataLoss();
        assertThat(whole).isCloseTo(direct + LinearModel.PENALTY, within(1e-12));
    }

    @Test
    void sameSeedSameBits() {
        Dataset data = comparisons(200, 4);
        Sequential first = compiled(5);
        Sequential second = compiled(5);
        History history = first.fit(data, FitOptions.epochs(3));
        assertThat(second.fit(data, FitOptions.epochs(3)).epochs().stream().map(History.Epoch::scores))
                .isEqualTo(history.epochs().stream().map(History.Epoch::scores).toList());
        assertThat(second.parameters()).isEqualTo(first.parameters());

        Sequential other = compiled(6);
        other.fit(data, FitOptions.epochs(3));
        assertThat(other.parameters()).isNotEqualTo(first.parameters());
    }

    @Test
    void fittingTwiceGoesOnWhereItWas() {
        Dataset data = comparisons(200, 4);
        Sequential atOnce = compiled(5);
        atOnce.fit(data, FitOptions.epochs(4));
        Sequential inTwoParts = compiled(5);
        inTwoParts.fit(data, FitOptions.epochs(1));
        inTwoParts.fit(data, FitOptions.epochs(3));
        assertThat(inTwoParts.parameters()).isEqualTo(atOnce.parameters());
    }

    @Test
    void theSeedDeterminesTheOrderUnlessTheOrderIsKept() {
        Dataset data = comparisons(200, 4);
        Map<String, Tensor> start = uncompiled(1).parameters();
        Sequential first = compiled(5);
        Sequential second = compiled(6);
        for (Sequential model : new Sequential[] {first, second}) {
            model.loadParameters(start);
            model.fit(data, FitOptions.epochs(1).inOrder());
        }
        assertThat(first.parameters()).isEqualTo(second.parameters());
        for (Sequential model : new Sequential[] {first, second}) {
            model.loadParameters(start);
            model.fit(data, FitOptions.epochs(1));
        }
        assertThat(first.parameters()).isNotEqualTo(second.parameters());
    }

    @Test
    void aLossThatIsNoNumberStopsTheTrainingWithTheWeightsFromBefore() {
        Dataset data = comparisons(40, 7);
        data.inputs().array()[2 * 25] = Float.NaN;
        Sequential model = compiled(1);
        Sequential stoppedBefore = compiled(1);
        assertThatThrownBy(() ->
                        model.fit(data, FitOptions.epochs(2).withBatchSize(10).inOrder()))
                .isInstanceOfSatisfying(NonFiniteLossException.class, e -> {
                    assertThat(e.epoch()).isEqualTo(1);
                    assertThat(e.step()).isEqualTo(3);
                })
                .hasMessageStartingWith(
                        "The loss became NaN at epoch 1, step 3, so the training stopped with the weights");
        stoppedBefore.fit(data.take(20), FitOptions.epochs(1).withBatchSize(10).inOrder());
        assertThat(model.parameters()).isEqualTo(stoppedBefore.parameters());
    }

    @Test
    void aTrainingThatDivergesStops() {
        Sequential model = uncompiled(1);
        model.compile(options(1e20));
        assertThatThrownBy(() -> model.fit(comparisons(100, 8), FitOptions.epochs(50)))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageContaining("lower the learning rate");
    }

    @Test
    void predictsInPartsWhatItPredictsAtOnce() {
        Sequential model = compiled(1);
        Tensor inputs = comparisons(600, 9).inputs();
        Tensor outputs = model.predict(inputs);
        assertThat(outputs).isEqualTo(backend.compiled.getFirst().predict(inputs));
    }

    @Test
    void parametersOutliveCompiling() {
        Sequential model = uncompiled(1);
        Map<String, Tensor> initial = model.parameters();
        model.compile(options(0.1));
        assertThat(model.parameters()).isEqualTo(initial);
        model.fit(comparisons(100, 1), FitOptions.epochs(1));
        Map<String, Tensor> trained = model.parameters();
        assertThat(trained).isNotEqualTo(initial);

        model.compile(options(0.2));
        assertThat(model.parameters()).isEqualTo(trained);
        assertThat(backend.compiled.get(0).closed).isTrue();
        assertThat(backend.compiled.get(1).closed).isFalse();

        model.close();
        assertThat(model.parameters()).isEqualTo(trained);
        assertThat(backend.compiled.get(1).closed).isTrue();
    }

    @Test
    void parametersAreCopies() {
        for (Sequential model : new Sequential[] {uncompiled(1), compiled(1)}) {
            Map<String, Tensor> read = model.parameters();
            read.values().forEach(tensor -> tensor.array()[0] = 99);
            assertThat(model.parameters().values()).noneMatch(tensor -> tensor.array()[0] == 99);

            Map<String, Tensor> loaded = uncompiled(2).parameters();
            model.loadParameters(loaded);
            loaded.values().forEach(tensor -> tensor.array()[0] = 99);
            assertThat(model.parameters()).isEqualTo(uncompiled(2).parameters());
        }
    }

    @Test
    void refusesParametersOfAnotherModel() {
        Sequential model = uncompiled(1);
        Map<String, Tensor> others =
                Sequential.builder().input(3).add(Dense.of(2)).build().parameters();
        assertThatThrownBy(() -> model.loadParameters(others)).isInstanceOf(ShapeException.class);
    }

    @Test
    void refusesToRunUncompiled() {
        Sequential model = uncompiled(1);
        assertThatThrownBy(() -> model.predict(Tensor.zeros(1, 2)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The model is not compiled; call compile(optimizer, loss) first.");
        assertThatThrownBy(() -> model.fit(comparisons(4, 1), FitOptions.epochs(1)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void refusesDataOfAnotherShapeBeforeTheFirstStep() {
        Sequential model = compiled(1);
        Dataset wide = Dataset.of(Tensor.zeros(4, 3), IntTensor.vector(0, 1, 0, 1));
        FitOptions validated = FitOptions.epochs(1).withValidation(wide);
        assertThatThrownBy(() -> model.fit(wide, FitOptions.epochs(1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2]")
                .hasMessageContaining("[4, 3]");
        assertThatThrownBy(() -> model.fit(comparisons(4, 1), validated)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> model.evaluate(wide)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> model.predict(wide.inputs())).isInstanceOf(ShapeException.class);
        assertThat(backend.compiled.getFirst().step()).isZero();
    }

    @Test
    void refusesBackendsThatAreNotInstalled() {
        Sequential model = uncompiled(1);
        CompileOptions options =
                CompileOptions.of(Sgd.of(0.1), new SquaredError()).withBackend("abacus");
        assertThatThrownBy(() -> model.compile(options))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("'abacus'");
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatThrownBy(() -> FitOptions.epochs(0)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> FitOptions.epochs(1).withBatchSize(0)).hasMessageContaining("batch size is 0");
        assertThatThrownBy(() -> options(0.1).withMetrics(Metrics.accuracy(), Metrics.accuracy()))
                .hasMessageContaining("accuracy");
    }

    @Test
    void refusesToFreezeWhatIsNotThereOrWhatTheBackendMoves() {
        Sequential model = uncompiled(1);
        assertThatThrownBy(() -> model.compile(options(0.1).withFrozenLayers("base")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The model has no layer 'base'; its layers are dense.");
        assertThatThrownBy(() -> model.compile(options(0.1).withFrozenLayers("dense")))
                .isInstanceOf(BackendException.class)
                .hasMessage("The backend 'linear' cannot freeze layers; choose the backend 'cpu'.");
    }
}
