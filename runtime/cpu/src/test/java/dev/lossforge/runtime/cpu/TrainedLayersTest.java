package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every layer with parameters, tried on those that are more than one operation or read in reverse. */
class TrainedLayersTest {
    private static final int SAMPLES = 61;

    /** A model with the layer between others; it has parameters before and behind it. */
    private record Case(Shape input, Layer before, Layer layer) {
        Architecture architecture() {
            return Architecture.input(input.toArray())
                    .add("before", before)
                    .add("layer", layer)
                    .add(Flatten.of())
                    .add("behind", Dense.of(3))
                    .build();
        }

        Batch batch() {
            SplittableRandom random = new SplittableRandom(2);
            return Batch.of(
                    Tensor.over(RandomFloats.of(SAMPLES * input.size(), random), input.batchOf(SAMPLES)),
                    Tensor.over(RandomFloats.of(SAMPLES * 3, random), SAMPLES, 3));
        }
    }

    private static List<Case> cases() {
        Layer enlarging = ConvTranspose2D.of(4, 3, Activation.RELU).withStride(2);
        return List.of(
                new Case(Shape.of(5, 4), Gru.of(7), Gru.of(6)),
                new Case(Shape.of(5, 4), Gru.of(8), Gru.of(6).withLastStateOnly()),
                new Case(Shape.of(3, 4, 2), ConvTranspose2D.of(5, 2), enlarging),
                new Case(Shape.of(3, 4, 2), ConvTranspose2D.of(5, 2), BatchNorm.of()));
    }

    private static CompileOptions options(int threads) {
        return CompileOptions.of(Adam.of(0.01), TestLosses.squaredError()).withThreads(threads);
    }

    private static Map<String, Tensor> afterAStep(Case some, CompileOptions options) {
        try (CompiledModel model = new CpuBackend().compile(some.architecture(), options.spec(9))) {
            assertThat(model.trainStep(some.batch()).applied()).isTrue();
            return model.parameters();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictionsAreTheSameBitsForEachNumberOfThreadsAndInAPredictor(Case some) {
        Tensor inputs = some.batch().inputs();
        Architecture architecture = some.architecture();
        try (CompiledModel one =
                        new CpuBackend().compile(architecture, options(1).spec(9));
                CompiledModel two =
                        new CpuBackend().compile(architecture, options(2).spec(9))) {
            Tensor expected = one.predict(inputs);
            assertThat(two.predict(inputs)).isEqualTo(expected);
            assertThat(two.predict(inputs.rows(59, 60))).isEqualTo(expected.rows(59, 60));
            assertThat(new CpuBackend()
                            .predictor(architecture, one.parameters())
                            .apply(Batch.ofInputs(inputs))
                            .only())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void twoTrainingsAreTheSameBits(Case some) {
        assertThat(afterAStep(some, options(2))).isEqualTo(afterAStep(some, options(2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneLossDecreases(Case some) {
        try (CompiledModel model =
                new CpuBackend().compile(some.architecture(), options(2).spec(9))) {
            double first = model.trainStep(some.batch()).loss();
            double last = first;
            for (int step = 0; step < 30; step++) {
                last = model.trainStep(some.batch()).loss();
            }
            assertThat(last).isLessThan(0.8 * first);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFrozenLayerStaysAndThoseAroundItAreTrained(Case some) {
        Map<String, Tensor> before = some.architecture().initialParameters(9);
        Map<String, Tensor> free = afterAStep(some, options(2));
        Map<String, Tensor> after = afterAStep(some, options(2).withFrozenLayers("layer"));
        boolean ofBatch = some.layer() instanceof BatchNorm;
        after.forEach((name, tensor) -> {
            if (name.startsWith("layer.")) {
                assertThat(tensor).as(name).isEqualTo(before.get(name));
            } else {
                assertThat(tensor).as(name).isNotEqualTo(before.get(name));
                // A frozen normalization is by its running statistics, and so another function.
                assertThat(ofBatch || tensor.equals(free.get(name))).as(name).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsFrozenAtTheInputGetsNoGradientsAndChangesNoOthers(Case some) {
        Map<String, Tensor> free = afterAStep(some, options(2));
        Map<String, Tensor> after = afterAStep(some, options(2).withFrozenLayers("before"));
        after.forEach((name, tensor) -> {
            Tensor expected = name.startsWith("before.")
                    ? some.architecture().initialParameters(9).get(name)
                    : free.get(name);
            assertThat(tensor).as(name).isEqualTo(expected);
        });
    }
}
