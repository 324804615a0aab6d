package dev.lossforge.runtime.cpu.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.cpu.internal.kernel.AllKernels;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterLayout;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Softmax;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Outputs and gradients of small models, against the definitions of the layers and central differences in double. */
class NetworkGradientTest {
    private static final int SAMPLES = 3;
    private static final double DIFFERENCE = 1e-6;
    /** Relative to the greatest gradient of the parameter: some hundred float additions of 6e-8 each. */
    private static final double TOLERANCE = 2e-5;

    private static final Conv2D CONV = Conv2D.of(5, 3);

    @TestFactory
    Stream<DynamicTest> everyModel() {
        Map<String, Architecture.Builder> models = new LinkedHashMap<>();
        models.put("dense", Architecture.input(7).add(Dense.of(5)));
        models.put("dense without bias", Architecture.input(16).add(Dense.of(3).withoutBias()));
        models.put("dense, relu, dense", dense(Activation.RELU).add(Dense.of(2)));
        models.put(
                "dense, relu layer, softmax",
                dense(Activation.LINEAR).add(ReLU.of()).add(Softmax.of()));
        models.put("softmax activation", Architecture.input(6).add(Dense.of(9, Activation.SOFTMAX)));
        models.put(
                "one input",
                Architecture.input(1).add(Dense.of(4, Activation.RELU)).add(Dense.of(1)));
        models.put("convolution of one channel", Architecture.input(6, 7, 1).add(CONV));
        models.put("two convolutions of odd channels", image(3).add(CONV).add(CONV.withActivation(Activation.RELU)));
        models.put(
                "convolutions of whole vectors", image(8).add(Conv2D.of(8, 3)).add(Conv2D.of(16, 2)));
        models.put(
                "same padding",
                image(3).add(same(CONV)).add(same(Conv2D.of(8, 2))).add(same(CONV)));
        models.put(
                "same padding, whole vectors",
                image(8).add(same(Conv2D.of(8, 3))).add(same(Conv2D.of(4, 5))));
        models.put("strides", image(2).add(CONV.withStride(2, 1)).add(same(CONV).withStride(1, 2)));
        models.put(
                "stride beyond the kernel",
                image(8).add(Conv2D.of(8, 1).withStride(3)).add(same(CONV)));
        models.put("oblong kernel", image(2).add(CONV.withKernel(1, 4)).add(CONV.withKernel(3, 1)));
        models.put("kernel as large as the image", image(2).add(CONV.withKernel(6, 7)));
        models.put(
                "convolution, relu, pooling",
                image(1).add(relu(CONV)).add(MaxPool2D.of(2)).add(Flatten.of()));
        models.put(
                "convolution, pooling",
                image(8).add(Conv2D.of(9, 2)).add(MaxPool2D.of(2)).add(CONV.withKernel(1, 1)));
        models.put(
                "relu layer, pooling, convolution",
                image(8).add(Conv2D.of(8, 2))
                        .add(ReLU.of())
                        .add(MaxPool2D.of(2))
                        .add(Conv2D.of(3, 2)));
        models.put(
                "overlapping pooling",
                image(2).add(CONV).add(relu(CONV)).add(MaxPool2D.of(2).withStride(1)));
        models.put(
                "pooling with gaps",
                image(2).add(relu(CONV)).add(new MaxPool2D(1, 2, 3, 3)).add(ReLU.of()));
        models.put(
                "pooling first", image(3).add(MaxPool2D.of(2)).add(Flatten.of()).add(Dense.of(3)));
        models.put(
                "pooling twice",
                image(2).add(CONV).add(new MaxPool2D(2, 2, 1, 1)).add(MaxPool2D.of(3)));
        models.put(
                "softmax of pixels",
                image(2).add(Conv2D.of(4, 2, Activation.SOFTMAX)).add(MaxPool2D.of(2)));
        models.put(
                "relu at both ends",
                image(2).add(ReLU.of()).add(CONV).add(Flatten.of()).add(ReLU.of()));
        Map<String, Architecture> all = new LinkedHashMap<>(GraphModels.all());
        models.forEach((name, model) -> all.put(name, model.build()));
        return all.entrySet().stream()
                .flatMap(model -> AllKernels.all().stream()
                        .map(kernels -> DynamicTest.dynamicTest(
                                model.getKey() + ", " + kernels.getClass().getSimpleName(),
                                () -> check(model.getValue(), kernels))));
    }

    private static Architecture.Builder image(int channels) {
        return Architecture.input(6, 7, channels);
    }

    private static Architecture.Builder dense(Activation activation) {
        return Architecture.input(11).add(Dense.of(8, activation));
    }

    private static Conv2D same(Conv2D conv) {
        return conv.withPadding(Padding.SAME);
    }

    private static Conv2D relu(Conv2D conv) {
        return conv.withActivation(Activation.RELU);
    }

    private static void check(Architecture architecture, Kernels kernels) {
        SplittableRandom random = new SplittableRandom(7);
        ParameterLayout layout = new ParameterLayout(architecture.parameters(), kernels.lanes());
        ParameterStore store = new ParameterStore(layout, Sgd.of(0.1), Set.of(), 2);
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters()) {
            parameters.put(
                    parameter.name(),
                    Tensor.over(RandomFloats.of(parameter.shape().size(), random), parameter.shape()));
        }
        store.layout().write(parameters, UnaryOperator.identity(), store.values());
        float[] inputs = RandomFloats.of(SAMPLES * architecture.inputShape().size(), random);
        float[] direction = RandomFloats.of(SAMPLES * architecture.outputShape().size(), random);

        Network network = NetworkPlan.plan(architecture, kernels, store, 0, 2);
        run(network, inputs, direction);
        store.gradients().sum(0, store.layout().size());

        Objective objective = new Objective(architecture, inputs, direction);
        Map<String, double[]> values = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> values.put(name, Objective.widen(tensor.array())));
        objective.requireOutputs(values, network.output().values());
        store.layout()
                .read(store.gradients().total(), UnaryOperator.identity())
                .forEach((name, gradient) -> objective.requireGradient(values, name, gradient.array()));
    }

    /** Two workers, the second of which goes through its samples first. */
    private static void run(Network network, float[] inputs, float[] direction) {
        network.reserve(SAMPLES);
        network.refresh(1, 2);
        network.refresh(0, 2);
        network.load(inputs, 0, 0, SAMPLES);
        for (int stage = 0; stage < network.stages(); stage++) {
            if (stage > 0) {
                network.meetForward(stage, SAMPLES);
            }
            network.forward(stage, 1, 1, SAMPLES, new Pass(true, 0));
            network.forward(stage, 0, 0, 1, new Pass(true, 0));
        }
        System.arraycopy(direction, 0, network.output().gradients(), 0, direction.length);
        for (int stage = network.stages() - 1; stage >= 0; stage--) {
            network.backward(stage, 1, 1, SAMPLES);
            network.backward(stage, 0, 0, 1);
            if (stage > 0) {
                network.meetBackward(stage, SAMPLES);
            }
        }
    }

    /** The scalar product of the outputs with a fixed direction. */
    private static final class Objective {
        private final Architecture architecture;
        private final float[] inputs;
        private final float[] direction;

        Objective(Architecture architecture, float[] inputs, float[] direction) {
            this.architecture = architecture;
            this.inputs = inputs;
            this.direction = direction;
        }

        static double[] widen(float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }

        private double[] outputs(Map<String, double[]> parameters) {
            int in = architecture.inputShape().size();
            int out = architecture.outputShape().size();
            double[] wide = widen(inputs);
            double[][] rows = new double[SAMPLES][];
            for (int sample = 0; sample < SAMPLES; sample++) {
                rows[sample] = Arrays.copyOfRange(wide, sample * in, (sample + 1) * in);
            }
            double[][] results = ReferenceLayers.forward(architecture, parameters, rows);
            double[] outputs = new double[SAMPLES * out];
            for (int sample = 0; sample < SAMPLES; sample++) {
                System.arraycopy(results[sample], 0, outputs, sample * out, out);
            }
            return outputs;
        }

        private double value(Map<String, double[]> parameters) {
            double[] outputs = outputs(parameters);
            double value = 0;
            for (int i = 0; i < outputs.length; i++) {
                value += outputs[i] * direction[i];
            }
            return value;
        }

        void requireOutputs(Map<String, double[]> parameters, float[] actual) {
            double[] expected = outputs(parameters);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i])
                        .isCloseTo(expected[i], within(TOLERANCE * Math.max(1, greatest(expected))));
            }
        }

        void requireGradient(Map<String, double[]> parameters, String name, float[] actual) {
            double[] values = parameters.get(name);
            double[] expected = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                double value = values[i];
                values[i] = value + DIFFERENCE;
                double above = value(parameters);
                values[i] = value - DIFFERENCE;
                double below = value(parameters);
                values[i] = value;
                expected[i] = (above - below) / (2 * DIFFERENCE);
            }
            for (int i = 0; i < values.length; i++) {
                assertThat((double) actual[i])
                        .as("%s[%d]", name, i)
                        .isCloseTo(expected[i], within(TOLERANCE * Math.max(1, greatest(expected))));
            }
        }

        private static double greatest(double[] values) {
            double max = 0;
            for (double value : values) {
                max = Math.max(max, Math.abs(value));
            }
            return max;
        }
    }
}
