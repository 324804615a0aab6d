package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that named values are exactly those that a model needs. */
final class NamedTensors {
    private NamedTensors() {}

    /** Checks that {@code values} has exactly the expected names, each with the expected shape. */
    static void require(String what, Map<String, Shape> expected, Map<String, Tensor> values) {
        expected.forEach((name, shape) -> requireShape(what, name, shape, values.get(name)));
        for (String name : values.keySet()) {
            if (!expected.containsKey(name)) {
                throw new ConfigurationException("The model has no " + what + " '" + name + "'; it has "
                        + String.join(", ", expected.keySet()) + ".");
            }
        }
    }

    static void requireParameters(List<Parameter> parameters, Map<String, Tensor> values) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        parameters.forEach(parameter -> expected.put(parameter.name(), parameter.shape()));
        require("parameter", expected, values);
    }

    static void requireSlots(List<Parameter> parameters, Optimizer optimizer, Map<String, Tensor> values) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.isTrained()) {
                optimizer.slots().forEach(slot -> expected.put(parameter.slotName(slot), parameter.shape()));
            }
        }
        require("optimizer value", expected, values);
    }

    private static void requireShape(String what, String name, Shape shape, @Nullable Tensor value) {
        if (value == null) {
            throw new ConfigurationException(
                    "The " + what + " '" + name + "' of shape " + shape + " is missing; give values for all.");
        }
        if (!value.shape().equals(shape)) {
            throw new ShapeException("The " + what + " '" + name + "' has the shape " + shape + ", but values of shape "
                    + value.shape() + " are given.");
        }
    }
}
