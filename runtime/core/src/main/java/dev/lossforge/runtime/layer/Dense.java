package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * Connects every input to every output: {@code out[u] = activation(bias[u] + sum over i of in[i] · weights[i, u])}.
 *
 * <p>Input {@code [inputs]}, weights {@code [inputs, units]}, bias {@code [units]}, output {@code [units]}.
 */
public record Dense(int units, Activation activation, boolean bias, Initializer initializer) implements Layer {

    public Dense {
        LayerSettings.requirePositive("Dense", "a number of units", units);
    }

    /** No activation, a bias, and Glorot uniform weights, as in Keras. */
    public static Dense of(int units) {
        return of(units, Activation.LINEAR);
    }

    /** As {@link #of(int)}, with an activation. */
    public static Dense of(int units, Activation activation) {
        return new Dense(units, activation, true, Initializer.GLOROT_UNIFORM);
    }

    public Dense withActivation(Activation activation) {
        return new Dense(units, activation, bias, initializer);
    }

    public Dense withoutBias() {
        return new Dense(units, activation, false, initializer);
    }

    /** The same layer with another initializer for its weights; the bias always starts at zero. */
    public Dense withInitializer(Initializer initializer) {
        return new Dense(units, activation, bias, initializer);
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw new ShapeException("Dense takes one row of values per sample, but its input has the shape " + input
                    + "; put a Flatten layer before it.");
        }
        return Shape.of(units);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        outputShape(input);
        return ParameterSpec.weightsAndBias(Shape.of(input.extent(0), units), initializer, bias);
    }
}
