package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Padding;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
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
        return models;
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

    private static void compare(String name, Architecture architecture) {
        CompileSpec spec = CompileOptions.of(Sgd.of(1), new SquaredErrorLoss()).spec(3);
        SplittableRandom random = new SplittableRandom(1);
        try (SameModels models = new SameModels(architecture, spec)) {
            models.onCpu().prepare(5);
            models.onDevice().prepare(5);
            for (int samples : new int[] {5, 3, 1}) {
                models.onDevice().loadParameters(models.onCpu().parameters());
                models.step(name + " of " + samples, batch(architecture, samples, random), TOLERANCE);
                models.compareState(name + " of " + samples, TOLERANCE);
            }
            Tensor inputs = SameModels.random(random, batchShape(architecture.inputShape(), 2));
            models.onDevice().loadParameters(models.onCpu().parameters());
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
