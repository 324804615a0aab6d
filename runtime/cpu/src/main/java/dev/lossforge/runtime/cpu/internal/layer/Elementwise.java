package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.ElementFunction;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.layer.Activation;

/** A smooth or leaky function of each value; see {@link Activation}. */
record Elementwise(Kernels kernels, Activation activation, Activations input, Activations output) implements Operation {

    @Override
    public void reserve(int samples) {
        output.reserve(samples);
    }

    /** Whether an activation is one of these functions. */
    static boolean computes(Activation activation) {
        return switch (activation) {
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> true;
            case LINEAR, RELU, SOFTMAX -> false;
        };
    }

    @Override
    public void forward(int worker, int from, int to, Pass pass) {
        float[] values = output.values();
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            switch (activation) {
                case TANH -> {
                    System.arraycopy(input.values(), x, values, y, input.size());
                    kernels.tanh(values, y, y + input.size());
                }
                case SIGMOID -> {
                    System.arraycopy(input.values(), x, values, y, input.size());
                    kernels.sigmoid(values, y, y + input.size());
                }
                case GELU, LEAKY_RELU, SOFTPLUS ->
                    kernels.apply(function(), input.values(), x, values, y, input.size());
                case LINEAR, RELU, SOFTMAX -> throw unexpected();
            }
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            switch (activation) {
                case TANH, SIGMOID -> multiplySlopesOfResults(x, y);
                case GELU, LEAKY_RELU, SOFTPLUS ->
                    kernels.multiplySlopes(
                            function(), input.values(), x, output.gradients(), y, input.gradients(), x, input.size());
                case LINEAR, RELU, SOFTMAX -> throw unexpected();
            }
        }
    }

    /** Multiplies by the slopes of functions whose slope follows from their result. */
    private void multiplySlopesOfResults(int x, int y) {
        for (int i = 0; i < input.size(); i++) {
            float result = output.values()[y + i];
            float slope = activation == Activation.TANH ? 1 - result * result : result * (1 - result);
            input.gradients()[x + i] = output.gradients()[y + i] * slope;
        }
    }

    private ElementFunction function() {
        return switch (activation) {
            case GELU -> ElementFunction.GELU;
            case LEAKY_RELU -> ElementFunction.LEAKY_RELU;
            case SOFTPLUS -> ElementFunction.SOFTPLUS;
            case TANH, SIGMOID, LINEAR, RELU, SOFTMAX -> throw unexpected();
        };
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException(activation + " is computed by another operation");
    }
}
