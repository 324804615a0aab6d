package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;

/** Checks on hyperparameters and inputs that several layers share. */
final class LayerSettings {
    private LayerSettings() {}

    static void requirePositive(String layer, String name, int value) {
        if (value < 1) {
            throw new ConfigurationException(layer + " needs " + name + " of at least 1, but " + value + " is given.");
        }
    }

    static void requireEpsilon(String layer, double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new ConfigurationException(layer + " needs a finite epsilon above 0, but " + epsilon + " is given.");
        }
    }

    /** Checks that the input is an image. */
    static void requireImage(String layer, Shape input) {
        if (input.rank() != 3) {
            throw new ShapeException(
                    layer + " takes images [height, width, channels], but its input has the shape " + input + ".");
        }
    }
}
