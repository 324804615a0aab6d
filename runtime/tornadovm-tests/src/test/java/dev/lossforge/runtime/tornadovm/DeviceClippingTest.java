package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Limited gradients against the CPU backend, which sums the squares in double precision. Each step begins at parameters
 * of 0 and has the rate 1, so that they are the negative gradients afterwards, however small those are.
 */
class DeviceClippingTest {
    private static final double TOLERANCE = 2e-6;
    private static final int INPUTS = 300;
    private static final int OUTPUTS = 250;

    /** More weights than the work-items of all slices take in one round. */
    private static final Architecture LAYER =
            Architecture.input(INPUTS).add(Dense.of(OUTPUTS)).build();

    static GradientClipping[] clippings() {
        return new GradientClipping[] {
            new GradientClipping.None(),
            new GradientClipping.ByValue(0.25),
            new GradientClipping.ByNorm(20),
            new GradientClipping.ByGlobalNorm(20)
        };
    }

    @ParameterizedTest
    @MethodSource("clippings")
    void gradientsAreLimitedAsOnTheCpu(GradientClipping clipping) {
        try (SameModels models = new SameModels(LAYER, spec(clipping))) {
            for (double magnitude : new double[] {1, 0.01, 1e-30, 1e30, 1e-42, 3e38}) {
                startAtZero(models);
                models.step(clipping + " of " + magnitude, batch(magnitude), TOLERANCE);
                SameModels.assertClose(
                        clipping + " of " + magnitude + ": norm",
                        models.onDevice().gradientNorm(),
                        models.onCpu().gradientNorm(),
                        TOLERANCE,
                        models.onCpu().gradientNorm());
                models.compareState(clipping + " of " + magnitude, TOLERANCE);
                float[] weights =
                        models.onDevice().parameters().get("dense.weights").array();
                assertThat(weights).as(clipping + " of " + magnitude).isNotEqualTo(new float[weights.length]);
            }
            for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                Batch batch = batch(1);
                ((Tensor) batch.targets()).array()[7] = wrong;
                assertThat(models.onDevice().trainStep(batch).applied())
                        .isEqualTo(models.onCpu().trainStep(batch).applied())
                        .isFalse();
                models.compareState(clipping + " of " + wrong, TOLERANCE);
            }
        }
    }

    @Test
    void smallGradientsKeepTheirBits() {
        try (CompiledModel limited = new TornadoBackend().compile(LAYER, spec(new GradientClipping.ByNorm(20)));
                CompiledModel free = new TornadoBackend().compile(LAYER, spec(new GradientClipping.None()))) {
            limited.trainStep(batch(0.01));
            free.trainStep(batch(0.01));
            Map<String, Tensor> expected = free.parameters();
            limited.parameters()
                    .forEach((name, tensor) -> assertThat(tensor.array())
                            .as(name)
                            .containsExactly(expected.get(name).array()));
        }
    }

    private static CompileSpec spec(GradientClipping clipping) {
        return CompileOptions.of(Sgd.of(1), new AlongTargetLoss())
                .withReduction(Reduction.SUM)
                .withClipping(clipping)
                .spec(0);
    }

    private static void startAtZero(SameModels models) {
        Map<String, Tensor> zeros = new HashMap<>();
        models.onCpu().parameters().forEach((name, tensor) -> zeros.put(name, Tensor.zeros(tensor.shape())));
        models.onCpu().loadParameters(zeros);
        models.onDevice().loadParameters(zeros);
    }

    /** Gradients up to this magnitude, the last outputs' a thousand times smaller. */
    private static Batch batch(double magnitude) {
        SplittableRandom random = new SplittableRandom(3);
        Tensor targets = SameModels.random(random, 1, OUTPUTS);
        for (int i = 0; i < OUTPUTS; i++) {
            targets.array()[i] *= (float) (i < OUTPUTS / 2 ? magnitude : magnitude / 1000);
        }
        return Batch.of(SameModels.random(random, 1, INPUTS), targets);
    }
}
