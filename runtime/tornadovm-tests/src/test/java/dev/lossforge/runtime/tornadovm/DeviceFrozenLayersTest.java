package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.L2Regularizer;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is frozen keeps its bits, whatever penalties, weight decay and clipping do, and the rest steps as on the CPU.
 */
class DeviceFrozenLayersTest {
    private static final double TOLERANCE = 2e-5;

    private static final Architecture LAYERS = Architecture.input(6, 6, 1)
            .add("first", Conv2D.of(3, 3, Activation.RELU))
            .add("flat", Flatten.of())
            .add("second", Dense.of(8, Activation.RELU))
            .add("third", Dense.of(3))
            .build();

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(Set.of("second"), AdamW.of(0.01).withWeightDecay(0.1)),
                Arguments.of(Set.of("first", "second"), Sgd.of(0.1).withMomentum(0.9)),
                Arguments.of(Set.of("first", "second", "third"), AdamW.of(0.01)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOthersStepAsOnTheCpu(Set<String> frozen, Optimizer optimizer) {
        CompileSpec spec = CompileOptions.of(optimizer, new SquaredErrorLoss())
                .withPenalty(0.05, new L2Regularizer())
                .withClipping(new GradientClipping.ByGlobalNorm(0.3))
                .withFrozenLayers(frozen.toArray(String[]::new))
                .spec(3);
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(LAYERS, spec)) {
            for (int step = 0; step < 4; step++) {
                models.step(frozen + " step " + step, batch(random), TOLERANCE);
            }
            models.compareState(frozen.toString(), TOLERANCE);
            models.onDevice().parameters().forEach((name, values) -> {
                boolean stays = frozen.contains(name.substring(0, name.indexOf('.')));
                assertThat(Arrays.equals(values.array(), initial.get(name).array()))
                        .as(name)
                        .isEqualTo(stays);
            });
        }
    }

    private static Batch batch(SplittableRandom random) {
        return Batch.of(SameModels.random(random, 5, 6, 6, 1), SameModels.random(random, 5, 3));
    }
}
