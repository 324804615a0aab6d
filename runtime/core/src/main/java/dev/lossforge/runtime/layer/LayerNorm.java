package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * Normalizes along the last axis: {@code scale · (x − mean) / sqrt(variance + epsilon) + bias}, with the mean and the
 * variance (divided by n) of each row of the last axis, as PyTorch's {@code LayerNorm}. Scale and bias are trained, of
 * shape {@code [last]}; they start at 1 and 0.
 *
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton, Layer Normalization, eq. 4</a>
 * @param epsilon finite and above 0
 */
public record LayerNorm(double epsilon) implements Layer {

    public LayerNorm {
        LayerSettings.requireEpsilon("LayerNorm", epsilon);
    }

    /** With an epsilon of 1e-5. */
    public static LayerNorm of() {
        return new LayerNorm(1e-5);
    }

    @Override
    public String kind() {
        return "layernorm";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() == 0) {
            throw new ShapeException("LayerNorm takes a row of values per sample, but its input is a single value.");
        }
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        Shape row = Shape.of(outputShape(input).lastExtent());
        return List.of(
                new ParameterSpec(ParameterSpec.Role.SCALE, row, Initializer.ONES),
                new ParameterSpec(ParameterSpec.Role.BIAS, row, Initializer.ZEROS));
    }
}
