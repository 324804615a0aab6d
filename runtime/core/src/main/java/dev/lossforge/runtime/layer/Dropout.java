package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Shape;

/**
 * In training, sets each value to zero with probability {@code rate} and divides the others by {@code 1 - rate}, so
 * that the expected value does not change; outside training, the identity. The choice follows from the model's seed,
 * the step and the position of the value.
 */
public record Dropout(double rate) implements Layer {

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new ConfigurationException(
                    "Dropout needs a rate of at least 0 and less than 1, but " + rate + " is given.");
        }
    }

    public static Dropout of(double rate) {
        return new Dropout(rate);
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
