package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.LossCount;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps whose gradients are computed in shares, against steps on the whole batch. */
class SharesTest {
    private static final int SAMPLES = 12;
    private static final int STEPS = 4;

    /** Dropout shows whether each share takes the place that it has in the batch. */
    private static final Architecture LAYERS = Architecture.input(5)
            .add(Dense.of(7, Activation.RELU))
            .add(Dropout.of(0.4))
            .add(Dense.of(3))
            .build();

    private static CompileOptions options(Reduction reduction, int threads) {
        return CompileOptions.of(
                        Sgd.of(0.3).withMomentum(0.9),
                        LossTerm.of(TestLosses.squaredError()),
                        LossTerm.of(TestLosses.squaredError()).named("again").weighted(0.5))
                .withReduction(reduction)
                .withPenalty(0.01, TestLosses.squaredWeights())
                .withClipping(new GradientClipping.ByGlobalNorm(0.7))
                .withThreads(threads);
    }

    private static CompiledModel model(Architecture layers, CompileOptions options) {
        return new CpuBackend().compile(layers, options.spec(3));
    }

    private static Batch batch(int step, boolean weighted) {
        SplittableRandom random = new SplittableRandom(step);
        Tensor weights = Tensor.over(RandomFloats.of(SAMPLES, random), SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            weights.array()[i] = Math.abs(weights.array()[i]);
        }
        return new Batch(
                Tensor.over(RandomFloats.of(SAMPLES * 5, random), SAMPLES, 5),
                Tensor.over(RandomFloats.of(SAMPLES * 3, random), SAMPLES, 3),
                weighted ? weights : null);
    }

    /** One step in shares that end at these samples. */
    private static StepResult step(CompiledModel model, Batch batch, int... ends) {
        float[] sum = new float[model.gradientSize()];
        List<GradientSums> all = new ArrayList<>();
        int from = 0;
        for (int to : ends) {
            float[] gradients = new float[model.gradientSize()];
            all.add(model.gradients(batch.rows(from, to), SharePlace.at(from), gradients));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradients[i];
            }
            from = to;
        }
        return model.update(all.stream().reduce(GradientSums::plus).orElseThrow(), sum);
    }

    /**
     * Sums of a dozen floats in another order differ by at most a dozen roundings of their terms' magnitudes, which are
     * below 10 here: 12 · 10 · 2⁻²⁴ is 7e-6 a step. Momentum carries a difference on at most tenfold.
     */
    @ParameterizedTest
    @CsvSource({"MEAN,false,1", "MEAN,true,2", "WEIGHTED_MEAN,true,1", "WEIGHTED_MEAN,false,2", "SUM,true,1"})
    void sharesMakeTheStepsOfTheWholeBatch(Reduction reduction, boolean weighted, int threads) {
        try (CompiledModel whole = model(LAYERS, options(reduction, 1));
                CompiledModel shared = model(LAYERS, options(reduction, threads))) {
            for (int step = 0; step < STEPS; step++) {
                Batch batch = batch(step, weighted);
                StepResult expected = whole.trainStep(batch);
                StepResult actual = step(shared, batch, 5, 6, SAMPLES);
                assertThat(actual.applied()).isTrue();
                assertThat(actual.dataLoss()).isCloseTo(expected.dataLoss(), within(1e-4 * expected.dataLoss()));
                assertThat(actual.penalty()).isCloseTo(expected.penalty(), within(1e-4 * expected.penalty()));
                assertThat(actual.losses().keySet()).isEqualTo(expected.losses().keySet());
                expected.losses()
                        .forEach((name, value) ->
                                assertThat(actual.losses().get(name)).isCloseTo(value, within(1e-4 * value)));
            }
            assertThat(shared.step()).isEqualTo(STEPS);
            whole.parameters()
                    .forEach((name, values) -> assertThat(
                                    shared.parameters().get(name).array())
                            .as(name)
                            .containsExactly(values.array(), within(7e-5f * STEPS)));
        }
    }

    /** What no layer's backward pass adds to: a frozen layer stays as it is, the loss's own parameter does not. */
    @Test
    void sharesLeaveFrozenLayersAndTrainHyperparameters() {
        Architecture layers = Architecture.input(5)
                .add(Dense.of(4, Activation.RELU))
                .add(Dense.of(3))
                .build();
        CompileOptions options = CompileOptions.of(Sgd.of(0.1), HeadLosses.scaled(2))
                .withFrozenLayers("dense")
                .withThreads(2);
        try (CompiledModel whole = model(layers, options);
                CompiledModel shared = model(layers, options)) {
            Map<String, Tensor> before = shared.parameters();
            whole.trainStep(batch(1, false));
            step(shared, batch(1, false), 5, SAMPLES);
            whole.parameters()
                    .forEach((name, values) -> assertThat(
                                    shared.parameters().get(name).array())
                            .as(name)
                            .containsExactly(values.array(), within(1e-5f)));
            assertThat(shared.parameters().get("dense.weights")).isEqualTo(before.get("dense.weights"));
            assertThat(shared.parameters().get("loss/scaled.s")).isNotEqualTo(before.get("loss/scaled.s"));
        }
    }

    /** What a share computes depends on its place in the batch, and on nothing that other shares did. */
    @Test
    void gradientsChangeNothing() {
        try (CompiledModel model = model(LAYERS, options(Reduction.MEAN, 2))) {
            float[] first = new float[model.gradientSize()];
            float[] again = new float[model.gradientSize()];
            float[] elsewhere = new float[model.gradientSize()];
            Batch batch = batch(1, false);
            GradientSums sums = model.gradients(batch, SharePlace.at(3), first);
            model.gradients(batch, SharePlace.at(4), elsewhere);
            assertThat(model.gradients(batch, SharePlace.at(3), again)).isEqualTo(sums);
            assertThat(again).isEqualTo(first).isNotEqualTo(elsewhere);
            assertThat(model.step()).isZero();
            assertThat(model.lastOutputs().only().samples()).isEqualTo(SAMPLES);
        }
    }

    @Test
    void aShareThatIsNotFiniteKeepsAllFromBeingUpdated() {
        try (CompiledModel model = model(LAYERS, options(Reduction.MEAN, 1))) {
            Batch batch = batch(1, false);
            batch.inputs().array()[0] = Float.NaN;
            var before = model.parameters().firstEntry().getValue();
            StepResult result = step(model, batch, 6, SAMPLES);
            assertThat(result.applied()).isFalse();
            assertThat(model.step()).isZero();
            assertThat(model.parameters().firstEntry().getValue().array()).isEqualTo(before.array());
        }
    }

    @Test
    void samplesWithoutWeightHaveNoGradient() {
        try (CompiledModel model = model(LAYERS, options(Reduction.WEIGHTED_MEAN, 1))) {
            GradientSums none =
                    new GradientSums(List.of(0.0, 0.0), Collections.nCopies(2, new LossCount(SAMPLES, 0)), false, true);
            StepResult result = model.update(none, new float[model.gradientSize()]);
            assertThat(result.applied()).isTrue();
            assertThat(result.dataLoss()).isZero();
            assertThat(result.loss()).isEqualTo(result.penalty()).isPositive();
        }
    }

    @Test
    void refusesWhatIsOverTheBatch() {
        Architecture normalizing =
                Architecture.input(5).add(Dense.of(3)).add(BatchNorm.of()).build();
        try (CompiledModel model = model(normalizing, options(Reduction.MEAN, 1));
                CompiledModel overBatch = model(LAYERS, CompileOptions.of(Sgd.of(1), TestLosses.totalSquaredError()));
                CompiledModel fitting = model(LAYERS, options(Reduction.MEAN, 1))) {
            assertThatThrownBy(
                            () -> model.gradients(batch(1, false), SharePlace.at(0), new float[model.gradientSize()]))
                    .hasMessage("The layer 'batchnorm' normalizes over the whole batch, but each of several"
                            + " machines has only a share; freeze it, use LayerNorm, or train on one machine.");
            assertThatThrownBy(() ->
                            overBatch.gradients(batch(1, false), SharePlace.at(0), new float[overBatch.gradientSize()]))
                    .hasMessage("The loss totalSquaredError(p, y) is over the whole batch, but each of several"
                            + " machines has only a share; train on one machine.");
            assertThatThrownBy(() -> fitting.gradients(batch(1, false), SharePlace.at(0), new float[1]))
                    .hasMessageContaining("but an array of 1 is given");
        }
    }
}
