package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients before and after clipping, seen through steps of plain gradient descent at rate 1. */
class ClippingTest {
    private static final Architecture LAYERS = Architecture.input(5)
            .add(Dense.of(7, Activation.RELU))
            .add(Dense.of(3))
            .build();

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(1);
        return Batch.of(Tensor.over(RandomFloats.of(20, random), 4, 5), Tensor.over(RandomFloats.of(12, random), 4, 3));
    }

    /** What one step subtracts from each parameter. */
    private static Map<String, double[]> gradients(GradientClipping clipping, int threads) {
        CompileSpec spec = CompileOptions.of(Sgd.of(1), TestLosses.squaredError())
                .withClipping(clipping)
                .withThreads(threads)
                .spec(3);
        Map<String, double[]> gradients = new LinkedHashMap<>();
        try (CompiledModel model = new CpuBackend().compile(LAYERS, spec)) {
            Map<String, Tensor> before = model.parameters();
            assertThat(model.trainStep(batch()).applied()).isTrue();
            model.parameters().forEach((name, after) -> gradients.put(name, difference(before.get(name), after)));
        }
        return gradients;
    }

    /** The norm that the model says after the same step. */
    private static double saidNorm(GradientClipping clipping, int threads) {
        CompileSpec spec = CompileOptions.of(Sgd.of(1), TestLosses.squaredError())
                .withClipping(clipping)
                .withThreads(threads)
                .spec(3);
        try (CompiledModel model = new CpuBackend().compile(LAYERS, spec)) {
            model.trainStep(batch());
            return model.gradientNorm();
        }
    }

    private static double[] difference(Tensor before, Tensor after) {
        double[] difference = new double[before.size()];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = before.array()[i] - after.array()[i];
        }
        return difference;
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double globalNorm(Map<String, double[]> gradients) {
        return norm(gradients.values().stream().mapToDouble(ClippingTest::norm).toArray());
    }

    private static void assertEach(double[] actual, double[] unclipped, DoubleUnaryOperator expected) {
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected.applyAsDouble(unclipped[i]), within(1e-6));
        }
    }

    @Test
    void saysTheNormOfAllGradientsBeforeItClipsByNorms() {
        double global = globalNorm(gradients(new GradientClipping.None(), 1));
        double clamped = globalNorm(gradients(new GradientClipping.ByValue(0.05), 1));
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(saidNorm(new GradientClipping.None(), threads)).isCloseTo(global, within(1e-5));
            assertThat(saidNorm(new GradientClipping.ByNorm(0.42), threads)).isCloseTo(global, within(1e-5));
            assertThat(saidNorm(new GradientClipping.ByGlobalNorm(0.3), threads))
                    .isCloseTo(global, within(1e-5));
            assertThat(saidNorm(new GradientClipping.ByValue(0.05), threads)).isCloseTo(clamped, within(1e-5));
        }
    }

    @Test
    void limitsComponentsNormsAndTheGlobalNorm() {
        Map<String, double[]> free = gradients(new GradientClipping.None(), 1);
        double global = globalNorm(free);
        for (int threads = 1; threads <= 3; threads++) {
            Map<String, double[]> byValue = gradients(new GradientClipping.ByValue(0.05), threads);
            Map<String, double[]> byNorm = gradients(new GradientClipping.ByNorm(0.42), threads);
            Map<String, double[]> byGlobal = gradients(new GradientClipping.ByGlobalNorm(0.3), threads);
            free.forEach((name, g) -> {
                assertEach(byValue.get(name), g, x -> Math.clamp(x, -0.05, 0.05));
                assertEach(byNorm.get(name), g, x -> norm(g) > 0.42 ? x * 0.42 / norm(g) : x);
                assertEach(byGlobal.get(name), g, x -> x * 0.3 / global);
            });
            assertThat(globalNorm(byGlobal)).isCloseTo(0.3, within(1e-5));
        }
        assertThat(global).isGreaterThan(0.3);
        assertThat(free.values()).anyMatch(g -> norm(g) > 0.42).anyMatch(g -> norm(g) < 0.42);
    }

    @Test
    void leavesSmallGradientsAlone() {
        Map<String, double[]> free = gradients(new GradientClipping.None(), 2);
        assertThat(gradients(new GradientClipping.ByGlobalNorm(100), 2))
                .usingRecursiveComparison()
                .isEqualTo(free);
        assertThat(gradients(new GradientClipping.ByNorm(100), 2))
                .usingRecursiveComparison()
                .isEqualTo(free);
    }
}
