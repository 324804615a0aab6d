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
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.MaxPool2D;
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

/**
 * Convolutions with pooling on both sides of every border between the ways to compute them: outputs against the
 * definition, and gradients along random directions against central differences, in double.
 */
class OddShapesTest {
    private static final double DIFFERENCE = 1e-7;
    /** Relative to the norm of the terms that are added up: some hundred float additions of 6e-8 each. */
    private static final double TOLERANCE = 2e-5;

    /** Two convolutions, each with a pooling behind it if the image allows, so that gradients go through the second. */
    private record Shape(
            int height, int width, int channels, int first, int second, boolean relu, boolean bias, int samples) {
        Architecture architecture() {
            Architecture.Builder builder = Architecture.input(height, width, channels);
            builder.add(conv(first));
            if (Math.min(height, width) >= 2) {
                builder.add(MaxPool2D.of(2));
            }
            builder.add(conv(second));
            if (Math.min(height, width) >= 4) {
                builder.add(MaxPool2D.of(2));
            }
            return builder.build();
        }

        private Conv2D conv(int filters) {
            Conv2D conv = Conv2D.of(filters, 3, relu ? Activation.RELU : Activation.LINEAR)
                    .withPadding(Padding.SAME);
            return bias ? conv : conv.withoutBias();
        }
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfOddShapes() {
        return Stream.of(
                        new Shape(1, 1, 1, 31, 33, true, true, 1),
                        new Shape(2, 2, 3, 33, 31, true, true, 2),
                        new Shape(3, 2, 31, 33, 1, false, false, 2),
                        new Shape(4, 5, 1, 31, 33, true, true, 127),
                        new Shape(5, 4, 3, 33, 31, true, true, 129),
                        new Shape(7, 6, 33, 31, 33, true, false, 2),
                        new Shape(8, 9, 1, 16, 15, true, true, 2),
                        new Shape(8, 9, 4, 15, 16, false, false, 3),
                        new Shape(9, 8, 3, 1, 3, true, false, 2),
                        new Shape(13, 11, 31, 16, 16, false, true, 1),
                        new Shape(29, 31, 1, 33, 31, true, true, 2),
                        new Shape(29, 31, 3, 32, 64, true, true, 1))
                .flatMap(shape -> AllKernels.all().stream()
                        .map(kernels -> DynamicTest.dynamicTest(
                                shape + ", " + kernels.getClass().getSimpleName(), () -> check(shape, kernels))));
    }

    private static void check(Shape shape, Kernels kernels) {
        Architecture architecture = shape.architecture();
        SplittableRandom random = new SplittableRandom(11);
        ParameterLayout layout = new ParameterLayout(architecture.parameters(), kernels.lanes());
        ParameterStore store = new ParameterStore(layout, Sgd.of(0.1), Set.of(), 2);
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters()) {
            parameters.put(
                    parameter.name(),
                    Tensor.over(RandomFloats.of(parameter.shape().size(), random), parameter.shape()));
        }
        layout.write(parameters, UnaryOperator.identity(), store.values());
        float[] inputs =
                RandomFloats.of(shape.samples * architecture.inputShape().size(), random);
        float[] cotangents =
                RandomFloats.of(shape.samples * architecture.outputShape().size(), random);

        Network network = NetworkPlan.plan(architecture, kernels, store, 0, 2);
        run(network, inputs, cotangents, shape.samples);
        store.gradients().sum(0, layout.size());

        requireOutputs(architecture, widen(parameters), inputs, network.output().values());
        Map<String, Tensor> gradients = layout.read(store.gradients().total(), UnaryOperator.identity());
        gradients.forEach((name, gradient) -> {
            for (int repeat = 0; repeat < 3; repeat++) {
                requireDerivative(architecture, parameters, inputs, cotangents, name, gradient.array(), random.split());
            }
        });
    }

    private static void run(Network network, float[] inputs, float[] cotangents, int samples) {
        network.reserve(samples);
        network.refresh(0, 2);
        network.refresh(1, 2);
        int middle = samples / 2;
        for (int worker = 0; worker < 2; worker++) {
            int from = worker == 0 ? 0 : middle;
            int to = worker == 0 ? middle : samples;
            network.load(inputs, from, from, to);
            network.forward(worker, from, to, new Pass(true, 0));
            System.arraycopy(cotangents, 0, network.output().gradients(), 0, cotangents.length);
            network.backward(worker, from, to);
        }
    }

    private static Map<String, double[]> widen(Map<String, Tensor> parameters) {
        Map<String, double[]> wide = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> wide.put(name, widen(tensor.array())));
        return wide;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] outputs(Architecture architecture, Map<String, double[]> parameters, float[] inputs) {
        int in = architecture.inputShape().size();
        int out = architecture.outputShape().size();
        double[] outputs = new double[inputs.length / in * out];
        for (int sample = 0; sample < inputs.length / in; sample++) {
            double[] row = widen(Arrays.copyOfRange(inputs, sample * in, (sample + 1) * in));
            System.arraycopy(ReferenceLayers.forward(architecture, parameters, row), 0, outputs, sample * out, out);
        }
        return outputs;
    }

    private static void requireOutputs(
            Architecture architecture, Map<String, double[]> parameters, float[] inputs, float[] actual) {
        double[] expected = outputs(architecture, parameters, inputs);
        double max = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(TOLERANCE * max));
        }
    }

    /** {@code ⟨gradient, v⟩} of one parameter against the difference of the objective along {@code v}. */
    private static void requireDerivative(
            Architecture architecture,
            Map<String, Tensor> parameters,
            float[] inputs,
            float[] cotangents,
            String name,
            float[] gradient,
            SplittableRandom random) {
        float[] direction = RandomFloats.of(gradient.length, random);
        double actual = 0;
        double squares = 0;
        for (int i = 0; i < gradient.length; i++) {
            actual += (double) gradient[i] * direction[i];
            squares += (double) gradient[i] * gradient[i];
        }
        double above = objective(architecture, shifted(parameters, name, direction, DIFFERENCE), inputs, cotangents);
        double below = objective(architecture, shifted(parameters, name, direction, -DIFFERENCE), inputs, cotangents);
        double expected = (above - below) / (2 * DIFFERENCE);
        assertThat(actual).as(name).isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.sqrt(squares))));
    }

    private static Map<String, double[]> shifted(
            Map<String, Tensor> parameters, String name, float[] direction, double factor) {
        Map<String, double[]> values = widen(parameters);
        double[] shifted = values.get(name);
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += factor * direction[i];
        }
        return values;
    }

    private static double objective(
            Architecture architecture, Map<String, double[]> parameters, float[] inputs, float[] cotangents) {
        double[] outputs = outputs(architecture, parameters, inputs);
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += outputs[i] * cotangents[i];
        }
        return sum;
    }
}
