package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every layer, forward and backward, against the CPU backend, whose gradients are tested against differences in double
 * precision. A step of rate 1 moves each parameter by its gradient. Samples beyond the batch hold what an earlier,
 * larger batch left.
 */
class LayerTest {
    /** Some hundred float additions in another order. */
    private static final double TOLERANCE = 1e-5;

    private static final Conv2D CONV = Conv2D.of(5, 3);

    @TestFactory
    Stream<DynamicTest> everyModel() {
        return models().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(
                        model.getKey(),
                        () -> compare(model.getKey(), model.getValue().build())));
    }

    /** Models that together have every layer in every form. */
    static Map<String, Architecture.Builder> models() {
        Map<String, Architecture.Builder> models = new LinkedHashMap<>();
        models.put(
                "dense with and without bias, relu",
                Architecture.input(7)
                        .add(Dense.of(130, Activation.RELU))
                        .add(Dense.of(3).withoutBias()));
        models.put(
                "relu layer, softmax layer",
                Architecture.input(6)
                        .add(Dense.of(9))
                        .add(ReLU.of())
                        .add(Dense.of(4))
                        .add(Softmax.of()));
        models.put(
                "softmax activations",
                Architecture.input(4, 3, 2)
                        .add(Conv2D.of(3, 2, Activation.SOFTMAX))
                        .add(Flatten.of())
                        .add(Dense.of(5, Activation.SOFTMAX)));
        models.put(
                "same padding and strides",
                Architecture.input(6, 7, 2)
                        .add(CONV.withStride(2, 1).withPadding(Padding.SAME))
                        .add(CONV.withPadding(Padding.SAME).withStride(1, 2))
                        .add(Conv2D.of(2, 2)));
        models.put(
                "oblong kernels and strides beyond them",
                Architecture.input(9, 9, 3)
                        .add(CONV.withKernel(1, 4))
                        .add(Conv2D.of(4, 1).withStride(3)));
        models.put(
                "overlapping and incomplete pools",
                Architecture.input(9, 8, 2)
                        .add(CONV.withActivation(Activation.RELU))
                        .add(new MaxPool2D(3, 2, 2, 1))
                        .add(Conv2D.of(3, 1))
                        .add(MaxPool2D.of(2)));
        models.put(
                "pool of the input, dropout",
                Architecture.input(6, 6, 2)
                        .add(MaxPool2D.of(2))
                        .add(Dropout.of(0.2))
                        .add(Flatten.of())
                        .add(Dense.of(40, Activation.RELU))
                        .add(Dropout.of(0.5))
                        .add(Dense.of(3)));
        models.put(
                "activations of layers",
                Architecture.input(5, 6, 2)
                        .add(Conv2D.of(3, 2, Activation.GELU))
                        .add(Conv2D.of(3, 2, Activation.LEAKY_RELU))
                        .add(Flatten.of())
                        .add(Dense.of(31, Activation.TANH))
                        .add(Dense.of(33, Activation.SIGMOID))
                        .add(Dense.of(3, Activation.SOFTPLUS)));
        models.put(
                "activations of rectified values",
                Architecture.input(9)
                        .add(Dense.of(9, Activation.RELU))
                        .add(Pointwise.of(Activation.GELU))
                        .add(Dense.of(8, Activation.RELU))
                        .add(Pointwise.of(Activation.SOFTPLUS))
                        .add(Dense.of(8))
                        .add(ReLU.of())
                        .add(Pointwise.of(Activation.TANH))
                        .add(Pointwise.of(Activation.SIGMOID))
                        .add(Pointwise.of(Activation.LEAKY_RELU)));
        models.put(
                "average pools, side by side, overlapping, incomplete, of everything",
                Architecture.input(13, 11, 3)
                        .add(CONV.withActivation(Activation.RELU))
                        .add(AveragePool2D.of(2))
                        .add(new AveragePool2D(3, 2, 1, 2))
                        .add(Conv2D.of(4, 1))
                        .add(GlobalAveragePool2D.of())
                        .add(Dense.of(2, Activation.TANH)));
        models.put(
                "rows normalized, of values far from 0",
                Architecture.input(3, 7)
                        .add(LayerNorm.of())
                        .add(Flatten.of())
                        .add(Dense.of(33, Activation.RELU))
                        .add(LayerNorm.of())
                        .add(Dense.of(1))
                        .add(LayerNorm.of()));
        models.put(
                "sequences",
                Architecture.input(17, 3)
                        .add(Conv1D.of(5, 3, Activation.RELU).withStride(2).withPadding(Padding.SAME))
                        .add(Conv1D.of(4, 2).withoutBias())
                        .add(Slice.of(1, 3))
                        .add(Conv1D.of(2, 1, Activation.TANH)));
        return models;
    }

    @Test
    void indicesTakeTheirRowsAndGiveThemTheirGradients() {
        Architecture words = Architecture.input(5)
                .add(Embedding.of(7, 3))
                .add(Conv1D.of(4, 2, Activation.RELU))
                .add(Flatten.of())
                .add(Dense.of(2))
                .build();
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(3);
        SplittableRandom random = new SplittableRandom(5);
        try (SameModels models = new SameModels(words, spec)) {
            for (int samples : new int[] {129, 3, 1}) {
                Tensor indices = Tensor.zeros(samples, 5);
                for (int i = 0; i < indices.size(); i++) {
                    indices.array()[i] = random.nextInt(6);
                }
                models.step("words", Batch.of(indices, SameModels.random(random, samples, 2)), TOLERANCE);
                models.compareState("words", TOLERANCE);
            }
            Tensor wrong = Tensor.zeros(2, 5);
            wrong.array()[6] = 7;
            for (CompiledModel model : List.of(models.onCpu(), models.onDevice())) {
                assertThatThrownBy(() -> model.predict(wrong))
                        .isInstanceOf(DataException.class)
                        .hasMessage("The layer 'embedding' takes indices from 0 to 6, but position 1 of sample 1 of the"
                                + " batch is 7.0.");
            }
        }
    }

    /** A mean of a thousand deviations leaves three digits of float32 to them: they must be right. */
    @Test
    void aFarMeanLeavesTheDeviationsOfARowTheirDigits() {
        Architecture norm = Architecture.input(100).add(LayerNorm.of()).build();
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0);
        try (SameModels models = new SameModels(norm, spec)) {
            Tensor inputs = SameModels.random(new SplittableRandom(6), 3, 100);
            for (int i = 0; i < inputs.size(); i++) {
                inputs.array()[i] += 1000;
            }
            SameModels.assertClose(
                    "far", models.onDevice().predict(inputs), models.onCpu().predict(inputs), TOLERANCE);
        }
    }

    @Test
    void activationsKeepNaNAndTakeInfinities() {
        for (Activation activation : List.of(
                Activation.TANH, Activation.SIGMOID, Activation.GELU, Activation.LEAKY_RELU, Activation.SOFTPLUS)) {
            Architecture one =
                    Architecture.input(8).add(Pointwise.of(activation)).build();
            CompileSpec spec =
                    CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0);
            try (SameModels models = new SameModels(one, spec)) {
                Tensor inputs = Tensor.over(
                        new float[] {
                            Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, 90f, -90f, 1e30f
                        },
                        1,
                        8);
                SameModels.assertClose(
                        activation.toString(),
                        Tensor.over(finite(models.onDevice().predict(inputs)), 8),
                        Tensor.over(finite(models.onCpu().predict(inputs)), 8),
                        TOLERANCE);
                assertThat(models.onDevice().predict(inputs).array()[0]).isNaN();
            }
        }
    }

    private static float[] finite(Tensor values) {
        float[] bounded = values.array().clone();
        for (int i = 0; i < bounded.length; i++) {
            bounded[i] = Float.isNaN(bounded[i]) ? -5 : Math.clamp(bounded[i], -100, 100);
        }
        return bounded;
    }

    /** Wherever in the window it stands. */
    @Test
    void aNaNWinsTheMaximumOfItsPool() {
        Architecture pool = Architecture.input(4, 4, 1).add(MaxPool2D.of(2)).build();
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(0);
        try (SameModels models = new SameModels(pool, spec)) {
            Tensor inputs = SameModels.random(new SplittableRandom(4), 1, 4, 4, 1);
            for (int at : new int[] {0, 3, 12, 15}) {
                inputs.array()[at] = Float.NaN;
            }
            float[] onDevice = models.onDevice().predict(inputs).array();
            assertThat(onDevice)
                    .containsExactly(models.onCpu().predict(inputs).array())
                    .containsOnly(Float.NaN);
        }
    }

    static void compare(String name, Architecture architecture) {
        compare(name, architecture, 5, 3, 1);
    }

    /**
     * Steps from the same parameters on both.
     *
     * @param batches the sizes of batches, the largest first
     */
    static void compare(String name, Architecture architecture, int... batches) {
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(3);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(architecture, spec)) {
            models.onCpu().prepare(batches[0]);
            models.onDevice().prepare(batches[0]);
            Map<String, Tensor> start = models.onCpu().parameters();
            for (int samples : batches) {
                models.onCpu().loadParameters(start);
                models.onDevice().loadParameters(start);
                models.step(name + " of " + samples, batch(architecture, samples, random), TOLERANCE);
                models.compareState(name + " of " + samples, TOLERANCE);
            }
            models.onDevice().loadParameters(models.onCpu().parameters());
            Tensor inputs = SameModels.random(random, batchShape(architecture.inputShape(), 2));
            SameModels.assertClose(
                    name, models.onDevice().predict(inputs), models.onCpu().predict(inputs), TOLERANCE);
        }
    }

    private static Batch batch(Architecture architecture, int samples, SplittableRandom random) {
        return Batch.of(
                SameModels.random(random, batchShape(architecture.inputShape(), samples)),
                SameModels.random(random, batchShape(architecture.outputShape(), samples)));
    }

    private static int[] batchShape(Shape sample, int samples) {
        return sample.batchOf(samples).toArray();
    }
}
