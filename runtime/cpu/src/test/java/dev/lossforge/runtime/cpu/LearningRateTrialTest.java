package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.LearningRateTrial;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Trying learning rates before a training. */
class LearningRateTrialTest {
    private static Tensor random(int samples, int width) {
        SplittableRandom random = new SplittableRandom(samples);
        Tensor values = Tensor.zeros(samples, width);
        for (int i = 0; i < values.size(); i++) {
            values.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @Test
    void tryingLearningRatesFindsWhereTheLossGrowsAndLeavesTheModelAsItWas() {
        Tensor inputs = random(64, 3);
        Tensor targets = Tensor.zeros(64, 1);
        for (int i = 0; i < 64; i++) {
            targets.array()[i] = 2 * inputs.get(i, 0) - inputs.get(i, 1);
        }
        Dataset data = Dataset.of(inputs, targets);
        FitOptions options = FitOptions.epochs(3).withBatchSize(16);
        try (Sequential tried =
                        Sequential.builder().input(3).add(Dense.of(1)).seed(1).build();
                Sequential untried =
                        Sequential.builder().input(3).add(Dense.of(1)).seed(1).build()) {
            CompileOptions compile = CompileOptions.of(Sgd.of(0.1), TestLosses.squaredError())
                    .withBackend("cpu")
                    .withThreads(1);
            tried.compile(compile);
            untried.compile(compile);
            LearningRateTrial trial = tried.tryLearningRates(data, 16, 1e-4, 1e4, 100);
            assertThat(trial.rates()).isSorted().hasSameSizeAs(trial.losses());
            assertThat(trial.rates().getLast()).isLessThan(1e4);
            assertThat(trial.losses().getLast())
                    .isGreaterThan(4 * trial.losses().getFirst());
            assertThat(trial.suggestion()).isBetween(0.001, 1.0);
            tried.fit(data, options);
            untried.fit(data, options);
            assertThat(tried.parameters()).isEqualTo(untried.parameters());
        }
    }
}
