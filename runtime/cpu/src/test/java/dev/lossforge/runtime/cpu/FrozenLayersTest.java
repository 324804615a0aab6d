package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is frozen stays as it is, and what is not takes the step that it takes with nothing frozen. */
class FrozenLayersTest {
    private static final Architecture LAYERS = Architecture.input(8, 8, 1)
            .add("first", Conv2D.of(4, 3, Activation.RELU))
            .add("pool", MaxPool2D.of(2))
            .add("flat", Flatten.of())
            .add("second", Dense.of(6, Activation.RELU))
            .add("third", Dense.of(3))
            .build();

    private static final long SEED = 3;

    private static CompileOptions options(Optimizer optimizer) {
        return CompileOptions.of(optimizer, TestLosses.squaredError()).withThreads(2);
    }

    private static Map<String, Tensor> afterSteps(CompileOptions options, int steps) {
        return afterSteps(options.spec(SEED), steps);
    }

    private static Batch batch() {
        SplittableRandom random = new SplittableRandom(1);
        return Batch.of(
                Tensor.over(RandomFloats.of(5 * 64, random), 5, 8, 8, 1),
                Tensor.over(RandomFloats.of(15, random), 5, 3));
    }

    private static Map<String, Tensor> afterSteps(CompileSpec spec, int steps) {
        try (CompiledModel model = new CpuBackend().compile(LAYERS, spec)) {
            for (int step = 0; step < steps; step++) {
                assertThat(model.trainStep(batch()).applied()).isTrue();
            }
            return model.parameters();
        }
    }

    private static List<Set<String>> someLayers() {
        return List.of(
                Set.of("first"),
                Set.of("second"),
                Set.of("third"),
                Set.of("first", "second"),
                Set.of("first", "third"),
                Set.of("second", "third"),
                Set.of("flat", "pool"),
                Set.of("first", "second", "third"));
    }

    @ParameterizedTest
    @MethodSource("someLayers")
    void theOthersTakeTheirUsualStep(Set<String> frozen) {
        CompileOptions options = options(Sgd.of(0.1));
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        Map<String, Tensor> usual = afterSteps(options, 1);
        afterSteps(options.withFrozenLayers(frozen.toArray(String[]::new)), 1).forEach((name, values) -> {
            boolean stays = frozen.contains(name.substring(0, name.indexOf('.')));
            assertThat(values.array())
                    .as(name)
                    .isEqualTo((stays ? initial : usual).get(name).array());
        });
    }

    /** Neither weight decay nor a penalty moves them, nor do they count in the norm that gradients are clipped to. */
    @Test
    void nothingElseMovesThemAndTheirGradientsCountNowhere() {
        CompileOptions options = options(AdamW.of(0.01).withWeightDecay(0.1))
                .withPenalty(0.5, TestLosses.squaredWeights())
                .withFrozenLayers("first", "second");
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        Map<String, Tensor> after = afterSteps(options, 3);
        assertThat(after.get("first.weights").array())
                .isEqualTo(initial.get("first.weights").array());
        assertThat(after.get("second.weights").array())
                .isEqualTo(initial.get("second.weights").array());
        assertThat(after.get("third.weights").array())
                .isNotEqualTo(initial.get("third.weights").array());
        assertThat(stepLength(options(Sgd.of(1))
                        .withPenalty(0.5, TestLosses.squaredWeights())
                        .withClipping(new GradientClipping.ByGlobalNorm(0.01))
                        .withFrozenLayers("first", "second")))
                .isCloseTo(0.01, within(1e-6));
    }

    private static double stepLength(CompileOptions options) {
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        double squares = 0;
        for (Map.Entry<String, Tensor> entry : afterSteps(options, 1).entrySet()) {
            float[] before = initial.get(entry.getKey()).array();
            float[] after = entry.getValue().array();
            for (int i = 0; i < before.length; i++) {
                squares += Math.pow((double) after[i] - before[i], 2);
            }
        }
        return Math.sqrt(squares);
    }

    @Test
    void theirPenaltiesRemainPartOfTheObjective() {
        CompileOptions options = options(Sgd.of(0.1)).withPenalty(0.5, TestLosses.squaredWeights());
        assertThat(penalty(options.withFrozenLayers("first"))).isEqualTo(penalty(options));
    }

    private static double penalty(CompileOptions options) {
        try (CompiledModel model = new CpuBackend().compile(LAYERS, options.spec(SEED))) {
            StepResult result = model.trainStep(batch());
            return result.penalty();
        }
    }
}
