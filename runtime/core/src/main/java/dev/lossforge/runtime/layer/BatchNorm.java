package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * Normalizes each channel, an entry of the last axis, over the batch and all other axes: {@code scale · (x − mean) /
 * sqrt(variance + epsilon) + bias}, as PyTorch's {@code BatchNorm1d} and {@code BatchNorm2d}. Scale and bias are
 * trained, of shape {@code [channels]}; they start at 1 and 0.
 *
 * <p>In training, mean and variance (divided by n) are those of the batch, and each step updates the running
 * statistics: {@code running = (1 − momentum) · running + momentum · batch}, with the batch's variance divided by n −
 * 1. Otherwise, and in a frozen layer, the running statistics are used for normalizing. They are parameters too, which
 * start at 0 and 1; no optimizer changes them. A step whose batch has one value per channel is refused, because one
 * value has no variance.
 *
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy, Batch Normalization, algorithm 1</a>
 * @param momentum the share of the newest batch in the running statistics, above 0 and at most 1; Keras's momentum is 1
 *     minus this one
 * @param epsilon finite and above 0
 */
public record BatchNorm(double momentum, double epsilon) implements Layer {

    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1)) {
            throw new ConfigurationException(
                    "BatchNorm needs a momentum above 0 and at most 1, but " + momentum + " is given.");
        }
        LayerSettings.requireEpsilon("BatchNorm", epsilon);
    }

    /** With a momentum of 0.1 and an epsilon of 1e-5. */
    public static BatchNorm of() {
        return new BatchNorm(0.1, 1e-5);
    }

    public BatchNorm withMomentum(double momentum) {
        return new BatchNorm(momentum, epsilon);
    }

    public BatchNorm withEpsilon(double epsilon) {
        return new BatchNorm(momentum, epsilon);
    }

    @Override
    public String kind() {
        return "batchnorm";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() == 0) {
            throw new ShapeException("BatchNorm takes a row of values per sample, but its input is a single value.");
        }
        return input;
    }

    /** Scale, bias, running mean, running variance. */
    @Override
    public List<ParameterSpec> parameters(Shape input) {
        Shape channels = Shape.of(outputShape(input).lastExtent());
        return List.of(
                new ParameterSpec(ParameterSpec.Role.SCALE, channels, Initializer.ONES),
                new ParameterSpec(ParameterSpec.Role.BIAS, channels, Initializer.ZEROS),
                new ParameterSpec(ParameterSpec.Role.RUNNING_MEAN, channels, Initializer.ZEROS),
                new ParameterSpec(ParameterSpec.Role.RUNNING_VARIANCE, channels, Initializer.ONES));
    }
}
