package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.backend.StepResult;
import dev.lossforge.runtime.cpu.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Optimizer;
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

    private static CompileSpec spec(Optimizer optimizer) {
        return CompileSpec.of(TestLosses.squaredError(), optimizer)
                .withThreads(2)
                .withSeed(3);
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
        CompileSpec spec = spec(Sgd.of(0.1));
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        Map<String, Tensor> usual = afterSteps(spec, 1);
        afterSteps(spec.withFrozenLayers(frozen), 1).forEach((name, values) -> {
            boolean stays = frozen.contains(name.substring(0, name.indexOf('.')));
            assertThat(values.array())
                    .as(name)
                    .isEqualTo((stays ? initial : usual).get(name).array());
        });
    }

    /** Neither weight decay nor a penalty moves them, nor do they count in the norm that gradients are clipped to. */
    @Test
    void nothingElseMovesThemAndTheirGradientsCountNowhere() {
        CompileSpec spec = spec(AdamW.of(0.01).withWeightDecay(0.1))
                .withPenalty(new Penalty(0.5, TestLosses.squaredWeights()))
                .withFrozenLayers(Set.of("first", "second"));
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        Map<String, Tensor> after = afterSteps(spec, 3);
        assertThat(after.get("first.weights").array())
                .isEqualTo(initial.get("first.weights").array());
        assertThat(after.get("second.weights").array())
                .isEqualTo(initial.get("second.weights").array());
        assertThat(after.get("third.weights").array())
                .isNotEqualTo(initial.get("third.weights").array());
        assertThat(stepLength(spec(Sgd.of(1))
                        .withPenalty(new Penalty(0.5, TestLosses.squaredWeights()))
                        .withClipping(new GradientClipping.ByGlobalNorm(0.01))
                        .withFrozenLayers(Set.of("first", "second"))))
                .isCloseTo(0.01, within(1e-6));
    }

    private static double stepLength(CompileSpec spec) {
        Map<String, Tensor> initial = LAYERS.initialParameters(3);
        double squares = 0;
        for (Map.Entry<String, Tensor> entry : afterSteps(spec, 1).entrySet()) {
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
        CompileSpec spec = spec(Sgd.of(0.1)).withPenalty(new Penalty(0.5, TestLosses.squaredWeights()));
        assertThat(penalty(spec.withFrozenLayers(Set.of("first")))).isEqualTo(penalty(spec));
    }

    private static double penalty(CompileSpec spec) {
        try (CompiledModel model = new CpuBackend().compile(LAYERS, spec)) {
            StepResult result = model.trainStep(batch());
            return result.penalty();
        }
    }
}
