package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Shape;

/** A function of each value: {@code Pointwise.of(Activation.TANH)}; see {@link Activation}. */
public record Pointwise(Activation activation) implements Layer {

    public Pointwise {
        switch (activation) {
            case TANH, SIGMOID, GELU, LEAKY_RELU, SOFTPLUS -> {}
            case LINEAR, RELU, SOFTMAX ->
                throw new ConfigurationException("Pointwise takes a smooth or leaky function of each value, but "
                        + activation + " is given; use ReLU.of(), Softmax.of(), or no layer.");
        }
    }

    public static Pointwise of(Activation activation) {
        return new Pointwise(activation);
    }

    @Override
    public String kind() {
        return "pointwise";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
