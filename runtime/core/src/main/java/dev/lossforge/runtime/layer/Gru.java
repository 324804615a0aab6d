package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * A gated recurrent unit along a sequence, with the formulas of PyTorch's {@code GRU}: with {@code a = x[t] · weights +
 * bias} and {@code b = h[t − 1] · recurrentWeights + recurrentBias}, each in three parts of {@code units} values, and
 * {@code h[−1] = 0}:
 *
 * <pre>{@code
 * reset     = sigmoid(a[0] + b[0])
 * update    = sigmoid(a[1] + b[1])
 * candidate = tanh(a[2] + reset · b[2])
 * h[t]      = (1 − update) · candidate + update · h[t − 1]
 * }</pre>
 *
 * <p>Input {@code [time, features]}, weights {@code [features, 3 · units]}, recurrent weights {@code [units, 3 ·
 * units]}, biases {@code [3 · units]}; output {@code [time, units]}, or only the last state, {@code [units]}. The
 * weights are the transposes of PyTorch's {@code weight_ih_l0} and {@code weight_hh_l0}.
 *
 * @param lastState whether the layer outputs only the last state
 */
public record Gru(int units, boolean lastState, Initializer initializer) implements Layer {
    /** Reset, update, candidate. */
    private static final int GATES = 3;

    public Gru {
        LayerSettings.requirePositive("Gru", "a number of units", units);
    }

    /** All states, with Glorot uniform weights; biases start at zero. */
    public static Gru of(int units) {
        return new Gru(units, false, Initializer.GLOROT_UNIFORM);
    }

    /** The same layer with only the last state as output: {@code [units]}. */
    public Gru withLastStateOnly() {
        return new Gru(units, true, initializer);
    }

    /** The same layer with another initializer for its weights. */
    public Gru withInitializer(Initializer initializer) {
        return new Gru(units, lastState, initializer);
    }

    @Override
    public String kind() {
        return "gru";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 2) {
            throw new ShapeException(
                    "Gru takes sequences [time, features], but its input has the shape " + input + ".");
        }
        return lastState ? Shape.of(units) : Shape.of(input.extent(0), units);
    }

    /** Weights, bias, recurrent weights, recurrent bias. */
    @Override
    public List<ParameterSpec> parameters(Shape input) {
        outputShape(input);
        int gates = Math.multiplyExact(GATES, units);
        Shape bias = Shape.of(gates);
        return List.of(
                new ParameterSpec(ParameterSpec.Role.WEIGHTS, Shape.of(input.extent(1), gates), initializer),
                new ParameterSpec(ParameterSpec.Role.BIAS, bias, Initializer.ZEROS),
                new ParameterSpec(ParameterSpec.Role.RECURRENT_WEIGHTS, Shape.of(units, gates), initializer),
                new ParameterSpec(ParameterSpec.Role.RECURRENT_BIAS, bias, Initializer.ZEROS));
    }
}
