package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.internal.kernel.Scalars;
import dev.lossforge.runtime.layer.Activation;

/** A smooth or leaky function of each value; see {@link Activation}. */
record Elementwise(Kernels kernels, Activation activation, Activations input, Activations output) implements Operation {
    private static final float LEAK = 0.01f;

    /** {@code 1 / sqrt(2π)}. */
    private static final double DENSITY_AT_0 = 0.398942280401432678;

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
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            switch (activation) {
                case TANH, SIGMOID -> {
                    System.arraycopy(input.values(), x, output.values(), y, input.size());
                    replace(y, y + input.size());
                }
                case GELU, LEAKY_RELU, SOFTPLUS -> {
                    for (int i = 0; i < input.size(); i++) {
                        output.values()[y + i] = value(input.values()[x + i]);
                    }
                }
                case LINEAR, RELU, SOFTMAX -> throw unexpected();
            }
        }
    }

    private void replace(int from, int to) {
        if (activation == Activation.TANH) {
            kernels.tanh(output.values(), from, to);
        } else {
            kernels.sigmoid(output.values(), from, to);
        }
    }

    @Override
    public void backward(int worker, int from, int to) {
        for (int sample = from; sample < to; sample++) {
            int x = sample * input.stride();
            int y = sample * output.stride();
            for (int i = 0; i < input.size(); i++) {
                float slope = slope(input.values()[x + i], output.values()[y + i]);
                input.gradients()[x + i] = output.gradients()[y + i] * slope;
            }
        }
    }

    private float value(float x) {
        return switch (activation) {
            case GELU -> x == Float.NEGATIVE_INFINITY ? 0 : x * Scalars.normalCdf(x);
            case LEAKY_RELU -> x > 0 ? x : LEAK * x;
            case SOFTPLUS -> Scalars.softplus(x);
            case TANH, SIGMOID, LINEAR, RELU, SOFTMAX -> throw unexpected();
        };
    }

    private float slope(float x, float y) {
        return switch (activation) {
            case TANH -> 1 - y * y;
            case SIGMOID -> y * (1 - y);
            case GELU -> Float.isInfinite(x) ? (x > 0 ? 1 : 0) : Scalars.normalCdf(x) + x * density(x);
            case LEAKY_RELU -> x > 0 ? 1 : Float.isNaN(x) ? x : LEAK;
            case SOFTPLUS -> Scalars.sigmoid(x);
            case LINEAR, RELU, SOFTMAX -> throw unexpected();
        };
    }

    private static float density(double x) {
        return (float) (DENSITY_AT_0 * Math.exp(-0.5 * x * x));
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException(activation + " is computed by another operation");
    }
}
