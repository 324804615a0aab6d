package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;

/** Checks the hyperparameters of a loss: every entry is finite and in the declared range. */
final class FormulaParameters {
    private FormulaParameters() {}

    static void require(LossSignature signature, LossSignature.Input input, Data data) {
        if (data.shape().rank() != input.rank()) {
            throw new ConfigurationException("The hyperparameter '" + input.name() + "' of the loss " + signature.name()
                    + " has " + input.rank() + " axes, but a value of shape " + data.shape() + " is given.");
        }
        for (int i = 0; i < data.size(); i++) {
            double value = switch (data) {
                case Tensor tensor -> tensor.array()[i];
                case IntTensor tensor -> tensor.array()[i];
            };
            if (!Double.isFinite(value) || value < (float) input.min() || value > (float) input.max()) {
                throw new ConfigurationException("The hyperparameter '" + input.name() + "' of the loss "
                        + signature.name() + " is " + range(input) + ", but " + value + " is given.");
            }
        }
    }

    private static String range(LossSignature.Input input) {
        boolean hasMin = Double.isFinite(input.min());
        boolean hasMax = Double.isFinite(input.max());
        if (hasMin && hasMax) {
            return "between " + input.min() + " and " + input.max();
        }
        return hasMin
                ? "a finite number of at least " + input.min()
                : hasMax ? "a finite number of at most " + input.max() : "a finite number";
    }
}
