package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.ModelGraph;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients that are handed over while the backward pass is still running: what was handed over stays as it is. */
class GradientHandoverTest {
    private static final int SAMPLES = 7;

    /** The number of times that something becomes final: one per operation that is the first to use a parameter. */
    static Stream<Arguments> models() {
        return Stream.of(
                        Arguments.of(
                                "dense",
                                3,
                                Architecture.input(6)
                                        .add(Dense.of(5, Activation.RELU))
                                        .add(LayerNorm.of())
                                        .add(Dense.of(3).withoutBias())
                                        .build()),
                        Arguments.of(
                                "images",
                                4,
                                Architecture.input(8, 8, 1)
                                        .add(Conv2D.of(4, 3))
                                        .add(MaxPool2D.of(2))
                                        .add(Conv2D.of(3, 2))
                                        .add(ConvTranspose2D.of(2, 2))
                                        .add(Flatten.of())
                                        .add(Dense.of(3))
                                        .build()),
                        // The recurrence is two operations, the products of its inputs being one of their own.
                        Arguments.of(
                                "sequences",
                                4,
                                Architecture.input(6)
                                        .add(Embedding.of(3, 4))
                                        .add(Conv1D.of(4, 2))
                                        .add(Gru.of(3).withLastStateOnly())
                                        .build()),
                        Arguments.of("a shared layer, first and last", 3, sharing()),
                        Arguments.of("branches", 4, branching()))
                .flatMap(model -> IntStream.of(1, 2, 3).mapToObj(threads -> {
                    Object[] own = Arrays.copyOf(model.get(), 4);
                    own[3] = threads;
                    return Arguments.of(own);
                }));
    }

    /** The gradients of {@code tower} grow until its first place is passed, long after its last. */
    private static Architecture sharing() {
        ModelGraph graph = Model.graph();
        ModelGraph.Shared tower = graph.shared("tower", Dense.of(6));
        return graph.output(
                        "out",
                        graph.input("x", 6)
                                .then(tower)
                                .then(Dense.of(6, Activation.TANH))
                                .then(tower)
                                .then(Dense.of(3)))
                .architecture();
    }

    private static Architecture branching() {
        ModelGraph graph = Model.graph();
        ModelGraph.Value first = graph.input("x", 6).then(Dense.of(4, Activation.RELU));
        ModelGraph.Value side = first.then(Dense.of(4));
        return graph.output("out", first.then(Dense.of(4)).plus(side, first).then(Dense.of(3)))
                .architecture();
    }

    private static Batch batch(Architecture layers) {
        SplittableRandom random = new SplittableRandom(1);
        Tensor inputs = Tensor.zeros(layers.inputShape().batchOf(SAMPLES));
        for (int i = 0; i < inputs.size(); i++) {
            inputs.array()[i] = random.nextInt(3); // also what an embedding takes
        }
        return new Batch(inputs, Tensor.over(RandomFloats.of(SAMPLES * 3, random), SAMPLES, 3), null);
    }

    private static CompiledModel model(Architecture layers, int threads) {
        CompileOptions options =
                CompileOptions.of(Sgd.of(0.1), TestLosses.squaredError()).withThreads(threads);
        return new CpuBackend().compile(layers, options.spec(3));
    }

    @ParameterizedTest(name = "{0}, {3} threads")
    @MethodSource("models")
    void staysAsItWasHandedOver(String name, int moments, Architecture layers, int threads) {
        try (CompiledModel model = model(layers, threads)) {
            for (int round = 0; round < 3; round++) {
                float[] gradients = new float[model.gradientSize()];
                Arrays.fill(gradients, Float.NaN);
                List<float[]> handedOver = new ArrayList<>();
                model.gradients(batch(layers), SharePlace.at(0), gradients, filled -> {
                    synchronized (handedOver) {
                        handedOver.add(Arrays.copyOf(gradients, filled));
                    }
                });
                assertThat(handedOver).hasSize(moments);
                assertThat(handedOver.getLast()).isEqualTo(gradients);
                for (int i = 0; i < moments; i++) {
                    float[] early = handedOver.get(i);
                    assertThat(early.length).isGreaterThan(i == 0 ? 0 : handedOver.get(i - 1).length);
                    assertThat(early).isEqualTo(Arrays.copyOf(gradients, early.length));
                }
                float[] atOnce = new float[gradients.length];
                model.gradients(batch(layers), SharePlace.at(0), atOnce);
                assertThat(atOnce).isEqualTo(gradients).doesNotContain(Float.NaN);
            }
        }
    }

    /**
     * One thread adds in the order of samples, so that the bits of an update tell that each gradient found its place.
     */
    @ParameterizedTest(name = "{0}, {3} threads")
    @MethodSource("models")
    void findsTheWayBack(String name, int moments, Architecture layers, int threads) {
        try (CompiledModel shared = model(layers, threads);
                CompiledModel whole = model(layers, threads)) {
            float[] gradients = new float[shared.gradientSize()];
            shared.update(shared.gradients(batch(layers), SharePlace.at(0), gradients), gradients);
            whole.trainStep(batch(layers));
            whole.parameters()
                    .forEach((parameter, values) -> assertThat(
                                    shared.parameters().get(parameter).array())
                            .as(parameter)
                            .usingComparatorWithPrecision(1e-5f)
                            .containsExactly(values.array()));
        }
    }
}
