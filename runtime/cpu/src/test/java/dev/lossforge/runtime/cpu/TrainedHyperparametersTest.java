package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hyperparameter of a loss that is trained with the model. */
class TrainedHyperparametersTest {
    private static final String NAME = "loss/scaled.s";
    private static final int SAMPLES = 50;
    private static final Dataset DATA = data();

    @TempDir
    private Path folder;

    /** {@code y = 2x + 1 ± 1.5}. */
    private static Dataset data() {
        SplittableRandom random = new SplittableRandom(2);
        float[] x = RandomFloats.of(SAMPLES, random);
        float[] y = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            y[i] = 2 * x[i] + 1 + (i % 2 == 0 ? 1.5f : -1.5f);
        }
        return Dataset.of(Tensor.over(x, SAMPLES, 1), Tensor.over(y, SAMPLES, 1));
    }

    private static Sequential model() {
        return Sequential.builder().input(1).add(Dense.of(1)).seed(1).build();
    }

    private static CompileOptions options(Optimizer optimizer, float start) {
        return CompileOptions.of(optimizer, HeadLosses.scaled(start)).withBackend("cpu");
    }

    private static float trained(Sequential model) {
        return model.parameters().get(NAME).item();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aStepGoesDownItsGradientAtItsOwnRate(int threads) {
        try (Sequential model = model()) {
            model.compile(options(Sgd.of(0.1), 2).withHyperparameterRate(0.5).withThreads(threads));
            LossResult result = HeadLosses.scaled(2)
                    .valueAndGradients(LossInputs.of(model.predict(DATA.inputs()), DATA.targets()), Reduction.MEAN);
            model.fit(DATA, FitOptions.epochs(1).withBatchSize(SAMPLES));
            assertThat((double) trained(model))
                    .isCloseTo(2 - 0.05 * result.parameterGradient("s").item(), within(1e-6));
        }
    }

    @Test
    void findsTheScaleOfTheNoiseAndReportsIt() {
        try (Sequential model = model()) {
            model.compile(options(Adam.of(0.02), 3));
            History history = model.fit(DATA, FitOptions.epochs(300).withValidation(DATA));
            assertThat(trained(model)).isCloseTo(1.5f, within(0.02f));
            assertThat(history.last().hyperparameter("scaled.s")).isCloseTo(1.5, within(0.02));
            assertThat(model.evaluate(DATA).hyperparameter("scaled.s")).isEqualTo((double) trained(model));
            assertThat(model.evaluate(DATA).loss()).isLessThan(Math.log(1.5) + 0.51);
        }
    }

    @Test
    void staysWithinItsRangeAndCountsInTheNorm() {
        try (Sequential model = model()) {
            model.compile(options(Sgd.of(100), 3.9f));
            model.fit(DATA, FitOptions.epochs(1).withBatchSize(SAMPLES));
            assertThat(trained(model)).isEqualTo(0.5f);
            model.compile(options(Sgd.of(1), 0.6f).withClipping(new GradientClipping.ByGlobalNorm(0.01)));
            Map<String, Tensor> before = model.parameters();
            model.fit(DATA, FitOptions.epochs(1).withBatchSize(SAMPLES));
            double squares = 0;
            for (Map.Entry<String, Tensor> entry : model.parameters().entrySet()) {
                squares += Math.pow(
                        entry.getValue().array()[0] - before.get(entry.getKey()).array()[0], 2);
            }
            assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-6));
        }
    }

    @Test
    void isInCheckpointsAndResumesToTheLastBit() throws IOException {
        FitOptions fit = FitOptions.epochs(3).withBatchSize(16);
        History expected;
        Map<String, Tensor> weights;
        try (Sequential model = model();
                Checkpoints checkpoints = Checkpoints.in(folder).everySteps(1).keeping(100)) {
            model.compile(options(Adam.of(0.05), 1));
            expected = model.fit(DATA, fit.withCheckpointer(checkpoints));
            weights = model.parameters();
        }
        for (Path path : Checkpoints.list(folder)) {
            try (Sequential model = model()) {
                model.compile(options(Adam.of(0.05), 1));
                History history = model.resume(DATA, fit, Checkpoints.read(path).snapshot());
                assertThat(model.parameters()).isEqualTo(weights);
                assertThat(history.last().scores()).isEqualTo(expected.last().scores());
            }
        }
        assertThat(Checkpoints.list(folder)).hasSizeGreaterThan(8);
    }

    @Test
    void beginsAnewWhenCompiledAgainAndIsLeftOutByOtherLosses() {
        try (Sequential model = model()) {
            model.compile(options(Adam.of(0.05), 1));
            model.fit(DATA, FitOptions.epochs(2));
            Map<String, Tensor> all = model.parameters();
            assertThat(trained(model)).isNotEqualTo(1);
            model.compile(options(Adam.of(0.05), 2));
            assertThat(trained(model)).isEqualTo(2);
            model.loadParameters(all);
            assertThat(model.parameters()).isEqualTo(all);
            model.compile(Adam.of(0.05), TestLosses.squaredError());
            model.loadParameters(all);
            assertThat(model.parameters()).doesNotContainKey(NAME).hasSize(2);
        }
    }
}
