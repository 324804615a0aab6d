package dev.lossforge.runtime.internal;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the gradient of each output of a model among those that a caller gives. */
public final class OutputGradients {
    private OutputGradients() {}

    /** Takes the gradient of an output. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes the gradient of one output.
         *
         * @param gradient the gradient in the layout of the output; null for zeros
         */
        void take(String output, float @Nullable [] gradient);
    }

    /**
     * Checks the gradients and passes them on. With one output and one gradient, names do not matter.
     *
     * @throws ConfigurationException if there is a gradient for an output that the model does not have
     * @throws ShapeException if a gradient does not have the shape of its output
     */
    public static void give(@Nullable LossResult result, Outputs outputs, Receiver receiver) {
        if (result == null) {
            throw new ConfigurationException(
                    "The loss of the step returned null; return a value and gradients, as LossResult.of makes.");
        }
        Map<String, Tensor> gradients = result.gradients();
        boolean only = outputs.named().size() == 1 && gradients.size() == 1;
        for (String name : gradients.keySet()) {
            if (!only && !outputs.named().containsKey(name)) {
                throw new ConfigurationException("There is a gradient for '" + name + "', but the model's outputs are "
                        + String.join(", ", outputs.named().keySet()) + "; name gradients like the outputs.");
            }
        }
        outputs.named().forEach((name, output) -> {
            Tensor gradient = only ? gradients.values().iterator().next() : gradients.get(name);
            if (gradient != null) {
                requireShape(name, gradient, output);
            }
            receiver.take(name, gradient == null ? null : gradient.array());
        });
    }

    private static void requireShape(String name, Tensor gradient, Tensor output) {
        if (gradient.size() != output.size() || gradient.samples() != output.samples()) {
            throw new ShapeException("The output '" + name + "' has the shape " + output.shape()
                    + ", but its gradient has " + gradient.shape() + "; give it the shape of the output.");
        }
    }
}
