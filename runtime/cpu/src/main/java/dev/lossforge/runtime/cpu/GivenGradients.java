package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.cpu.internal.layer.Activations;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gradients of a model's outputs, given by the caller. */
final class GivenGradients {
    private GivenGradients() {}

    /** Copies each gradient to its output; other outputs get zeros. */
    static void place(LossResult result, Outputs outputs, Map<String, Activations> places) {
        Map<String, Tensor> gradients = result.gradients();
        boolean only = outputs.named().size() == 1 && gradients.size() == 1;
        for (String name : gradients.keySet()) {
            if (!only && !places.containsKey(name)) {
                throw new ConfigurationException("There is a gradient for '" + name + "', but the model's outputs are "
                        + String.join(", ", places.keySet()) + "; name gradients like the outputs.");
            }
        }
        places.forEach((name, place) -> {
            Tensor gradient = only ? gradients.values().iterator().next() : gradients.get(name);
            place(name, gradient, outputs.get(name), place);
        });
    }

    private static void place(String name, @Nullable Tensor gradient, Tensor output, Activations place) {
        if (gradient == null) {
            Arrays.fill(place.gradients(), 0);
            return;
        }
        if (gradient.size() != output.size() || gradient.samples() != output.samples()) {
            throw new ShapeException("The output '" + name + "' has the shape " + output.shape()
                    + ", but its gradient has " + gradient.shape() + "; give it the shape of the output.");
        }
        System.arraycopy(gradient.array(), 0, place.gradients(), 0, gradient.size());
    }
}
