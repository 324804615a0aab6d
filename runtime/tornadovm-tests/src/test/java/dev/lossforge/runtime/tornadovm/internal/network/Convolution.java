package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.internal.Window;
import java.util.SplittableRandom;

/**
 * A convolution by its definition, in double precision, with random inputs, weights, biases and gradients of outputs.
 */
final class Convolution {
    final AffineShape layer;
    final int samples;
    final float[] inputs;
    /** The weights and biases, from {@link AffineShape#weights()} on. */
    final float[] parameters;

    final float[] outputGradients;

    /** Sums of products. */
    static final class Sums {
        final double[] values;
        /** For each sum, of the magnitudes of its terms. */
        final double[] magnitudes;
        /** The most of one sum. */
        final int terms;

        private Sums(int size, int terms) {
            this.values = new double[size];
            this.magnitudes = new double[size];
            this.terms = terms;
        }

        private void add(int at, double term) {
            values[at] += term;
            magnitudes[at] += Math.abs(term);
        }
    }

    /** Does something with a product of an input and a weight that an output is a sum of. */
    private interface Term {
        void take(int output, int input, int weight);
    }

    Convolution(AffineShape layer, int samples, SplittableRandom random) {
        Window window = layer.window();
        this.layer = layer;
        this.samples = samples;
        this.inputs = numbers(samples * window.inputHeight() * window.inputWidth() * window.channels(), random);
        this.parameters = numbers(layer.weights() + layer.parameters(), random);
        this.outputGradients =
                numbers(samples * window.outputHeight() * window.outputWidth() * layer.filters(), random);
    }

    /** Every fifth is 0, as many are behind a ReLU. */
    private static float[] numbers(int count, SplittableRandom random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(5) == 0 ? 0f : (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private void forEach(Term term) {
        Window window = layer.window();
        int output = 0;
        for (int pixel = 0; pixel < outputGradients.length / layer.filters(); pixel++) {
            int x = pixel % window.outputWidth();
            int y = pixel / window.outputWidth() % window.outputHeight();
            int image = pixel / (window.outputWidth() * window.outputHeight());
            for (int filter = 0; filter < layer.filters(); filter++) {
                for (int i = 0; i < window.kernelHeight(); i++) {
                    for (int j = 0; j < window.kernelWidth(); j++) {
                        int down = y * window.strideHeight() - window.padTop() + i;
                        int across = x * window.strideWidth() - window.padLeft() + j;
                        if (down >= 0 && down < window.inputHeight() && across >= 0 && across < window.inputWidth()) {
                            int input = ((image * window.inputHeight() + down) * window.inputWidth() + across)
                                    * window.channels();
                            int weight = (i * window.kernelWidth() + j) * window.channels() * layer.filters() + filter;
                            for (int channel = 0; channel < window.channels(); channel++) {
                                term.take(output, input + channel, weight + channel * layer.filters());
                            }
                        }
                    }
                }
                output++;
            }
        }
    }

    private Sums sums() {
        Sums sums = new Sums(outputGradients.length, layer.rows() + 1);
        if (layer.bias()) {
            int biases = layer.weights() + layer.rows() * layer.filters();
            for (int output = 0; output < outputGradients.length; output++) {
                sums.add(output, parameters[biases + output % layer.filters()]);
            }
        }
        forEach((output, input, weight) ->
                sums.add(output, (double) inputs[input] * parameters[layer.weights() + weight]));
        return sums;
    }

    Sums outputs() {
        Sums sums = sums();
        for (int i = 0; layer.relu() && i < sums.values.length; i++) {
            sums.values[i] = Math.max(sums.values[i], 0);
        }
        return sums;
    }

    /** The greatest of each window of two by two outputs; with the largest magnitudes of the four. */
    Sums pooled() {
        Sums all = outputs();
        int width = layer.window().outputWidth();
        int height = layer.window().outputHeight();
        int filters = layer.filters();
        Sums pooled = new Sums(samples * (height / 2) * (width / 2) * filters, all.terms);
        for (int at = 0; at < pooled.values.length; at++) {
            int window = at / filters;
            int x = window % (width / 2) * 2;
            int y = window / (width / 2) % (height / 2) * 2;
            int image = window / (width / 2) / (height / 2);
            pooled.values[at] = Double.NEGATIVE_INFINITY;
            for (int cell = 0; cell < 4; cell++) {
                int from = ((image * height + y + cell / 2) * width + x + cell % 2) * filters + at % filters;
                pooled.values[at] = Math.max(pooled.values[at], all.values[from]);
                pooled.magnitudes[at] = Math.max(pooled.magnitudes[at], all.magnitudes[from]);
            }
        }
        return pooled;
    }

    /** Those of inputs that are 0 are 0, as behind a ReLU. */
    Sums inputGradients() {
        Window window = layer.window();
        Sums sums = new Sums(inputs.length, window.kernelHeight() * window.kernelWidth() * layer.filters());
        forEach((output, input, weight) -> {
            if (inputs[input] != 0) {
                sums.add(input, (double) outputGradients[output] * parameters[layer.weights() + weight]);
            }
        });
        return sums;
    }

    Sums parameterGradients() {
        Sums sums = new Sums(layer.parameters(), outputGradients.length / layer.filters());
        forEach((output, input, weight) -> sums.add(weight, (double) outputGradients[output] * inputs[input]));
        for (int output = 0; layer.bias() && output < outputGradients.length; output++) {
            sums.add(layer.rows() * layer.filters() + output % layer.filters(), outputGradients[output]);
        }
        return sums;
    }
}
