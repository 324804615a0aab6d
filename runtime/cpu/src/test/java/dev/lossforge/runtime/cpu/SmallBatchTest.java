package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.cpu.internal.work.Work;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A batch that is too small for several threads is computed by one, whatever the others did before. */
class SmallBatchTest {
    private static final int SMALL = 2;
    private static final int LARGE = 40;
    private static final Architecture LINE =
            Architecture.input(3).add(Dense.of(2)).build();

    private static CompiledModel model(int threads) {
        CompileSpec spec = CompileOptions.of(Adam.of(0.1), TestLosses.squaredError())
                .withClipping(new GradientClipping.ByGlobalNorm(0.1))
                .withThreads(threads)
                .spec(3);
        return new CpuBackend().compile(LINE, spec);
    }

    private static Batch batch(int samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Batch.of(
                Tensor.over(RandomFloats.of(samples * 3, random), samples, 3),
                Tensor.over(RandomFloats.of(samples * 2, random), samples, 2));
    }

    @Test
    void itHasTheBitsOfOneThread() {
        assertThat(Work.isSmall(SMALL * Work.perSample(LINE))).isTrue();
        assertThat(Work.isSmall(LARGE * Work.perSample(LINE))).isFalse();
        for (int threads = 2; threads <= 3; threads++) {
            try (CompiledModel one = model(1);
                    CompiledModel several = model(threads)) {
                for (int step = 0; step < 5; step++) {
                    several.trainStep(batch(LARGE, step));
                    one.loadParameters(several.parameters());
                    one.loadOptimizerState(several.optimizerState());
                    assertThat(several.trainStep(batch(SMALL, step))).isEqualTo(one.trainStep(batch(SMALL, step)));
                    assertThat(several.gradientNorm()).isEqualTo(one.gradientNorm());
                    requireSame(several.parameters(), one.parameters());
                }
            }
        }
    }

    private static void requireSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        expected.forEach(
                (name, tensor) -> assertThat(actual.get(name).array()).as(name).containsExactly(tensor.array()));
    }
}
