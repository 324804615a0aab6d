package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Single steps of gradient descent, against steps computed by hand. */
class GradientStepTest {
    private static final Architecture LINE =
            Architecture.input(3).add(Dense.of(2)).build();

    private static CompileSpec regression(LossFunction loss) {
        return regressionOptions(loss).spec(0);
    }

    private static CompileOptions regressionOptions(LossFunction loss) {
        return CompileOptions.of(Sgd.of(0.1), loss).withThreads(2);
    }

    private static CompiledModel compile(Architecture architecture, CompileSpec spec) {
        return new CpuBackend().compile(architecture, spec);
    }

    private static Batch points(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Batch.of(
                Tensor.over(RandomFloats.of(samples * 3, random), samples, 3),
                Tensor.over(RandomFloats.of(samples * 2, random), samples, 2));
    }

    @Test
    void aGradientThatOverflowsUpdatesNothing() {
        try (CompiledModel model = compile(LINE, regression(TestLosses.squaredError()))) {
            Batch batch = points(1, 1);
            batch.inputs().array()[0] = 0;
            batch.inputs().array()[1] = 1e30f;
            Map<String, Tensor> parameters = model.parameters();
            parameters.values().forEach(values -> Arrays.fill(values.array(), 0));
            model.loadParameters(parameters);
            batch = Batch.of(batch.inputs(), Tensor.matrix(new float[] {1e15f, 1}));
            StepResult result = model.trainStep(batch);
            assertThat(result.loss()).isFinite();
            assertThat(result.applied()).isFalse();
            assertThat(model.parameters()).isEqualTo(parameters);
        }
    }

    @Test
    void oneStepOfGradientDescentIsTheFormula() {
        for (Reduction reduction : new Reduction[] {Reduction.MEAN, Reduction.SUM}) {
            LossFunction[] losses = {TestLosses.squaredError(), TestLosses.totalSquaredError()};
            for (LossFunction loss : losses) {
                CompileSpec spec =
                        regressionOptions(loss).withReduction(reduction).spec(0);
                try (CompiledModel model = compile(LINE, spec)) {
                    boolean mean = reduction == Reduction.MEAN && loss == losses[0];
                    requireStep(model, points(5, 3), mean ? 10 : 1);
                }
            }
        }
    }

    /** The least-squares gradient by hand: {@code 2/divisor · xᵀ(x·w + b - y)}. */
    private static void requireStep(CompiledModel model, Batch batch, int divisor) {
        Tensor before = model.parameters().get("dense.weights");
        model.trainStep(batch);
        Tensor after = model.parameters().get("dense.weights");
        Tensor targets = (Tensor) batch.targets();
        for (int i = 0; i < 3; i++) {
            for (int u = 0; u < 2; u++) {
                double gradient = 0;
                for (int sample = 0; sample < 5; sample++) {
                    double output = 0;
                    for (int k = 0; k < 3; k++) {
                        output += batch.inputs().get(sample, k) * before.get(k, u);
                    }
                    gradient += 2.0 / divisor * batch.inputs().get(sample, i) * (output - targets.get(sample, u));
                }
                assertThat((double) after.get(i, u)).isCloseTo(before.get(i, u) - 0.1 * gradient, within(1e-6));
            }
        }
    }

    @Test
    void samplesOfWeightZeroDoNotCount() {
        // One thread, so that both models add the samples up in the same order.
        CompileSpec summed = regressionOptions(TestLosses.squaredError())
                .withReduction(Reduction.SUM)
                .withThreads(1)
                .spec(0);
        try (CompiledModel weighted = compile(LINE, summed);
                CompiledModel shorter = compile(LINE, summed)) {
            Batch batch = points(4, 1);
            Tensor weights = Tensor.vector(1, 1, 0, 0);
            weighted.trainStep(new Batch(batch.inputs(), batch.targets(), weights));
            shorter.trainStep(
                    Batch.of(batch.inputs().rows(0, 2), batch.targets().rows(0, 2)));
            assertThat(weighted.parameters()).isEqualTo(shorter.parameters());
        }
    }

    @Test
    void penaltiesActOnWeightsAlone() {
        CompileSpec spec = regressionOptions(TestLosses.squaredError())
                .withPenalty(0.5, TestLosses.squaredWeights())
                .spec(0);
        try (CompiledModel model = compile(LINE, spec);
                CompiledModel free = compile(LINE, regression(TestLosses.squaredError()))) {
            Tensor weights = model.parameters().get("dense.weights");
            double squares = 0;
            for (float weight : weights.array()) {
                squares += (double) weight * weight;
            }
            Batch batch = points(5, 3);
            assertThat(model.evaluate(batch).penalty()).isCloseTo(squares / 2, within(1e-9));
            assertThat(model.trainStep(batch).penalty()).isCloseTo(squares / 2, within(1e-9));
            free.trainStep(batch);
            assertThat(model.parameters().get("dense.bias"))
                    .isEqualTo(free.parameters().get("dense.bias"));
            for (int i = 0; i < weights.size(); i++) {
                assertThat(model.parameters().get("dense.weights").array()[i])
                        .isCloseTo(
                                free.parameters().get("dense.weights").array()[i] - 0.1f * weights.array()[i],
                                within(1e-6f));
            }
        }
    }

    @Test
    void setsTheLearningRate() {
        try (CompiledModel slow = compile(LINE, regression(TestLosses.squaredError()));
                CompiledModel fast = compile(LINE, regression(TestLosses.squaredError()))) {
            fast.setLearningRate(0.2);
            float before = slow.parameters().get("dense.bias").array()[0];
            slow.trainStep(points(5, 3));
            fast.trainStep(points(5, 3));
            float slowChange = slow.parameters().get("dense.bias").array()[0] - before;
            float fastChange = fast.parameters().get("dense.bias").array()[0] - before;
            assertThat(fastChange).isCloseTo(2 * slowChange, within(1e-6f));
            assertThat(fast.learningRate()).isEqualTo(0.2);
            assertThatThrownBy(() -> fast.setLearningRate(Double.NaN)).isInstanceOf(ConfigurationException.class);
        }
    }
}
