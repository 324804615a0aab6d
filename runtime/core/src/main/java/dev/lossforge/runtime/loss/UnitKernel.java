package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs a loss written by hand over a range of units. A unit of weight 0 is left out. */
final class UnitKernel implements LossKernel {
    private final UnitLoss loss;

    /** @throws ConfigurationException if the loss declares something that only a generated loss can have */
    UnitKernel(UnitLoss loss) {
        this.loss = loss;
        LossSignature signature = loss.signature();
        if (!signature.parameters().isEmpty() || !signature.parts().isEmpty()) {
            throw new ConfigurationException("The loss " + signature
                    + " is written by hand, so its signature cannot have hyperparameters or parts; keep hyperparameters"
                    + " in fields of the class, or write a formula.");
        }
    }

    @Override
    public double run(KernelFrame frame, int from, int to) {
        clearDerivatives(frame, from, to);
        UnitLoss.Unit unit = new UnitLoss.Unit(frame);
        double sum = 0;
        for (int i = from; i < to; i++) {
            float value = frame.weight(i) == 0 ? 0 : loss.evaluate(unit.moveTo(i));
            sum += frame.take(i, value);
        }
        return sum;
    }

    private void clearDerivatives(KernelFrame frame, int from, int to) {
        for (int i = 0; i < loss.signature().inputs().size(); i++) {
            int size = frame.unitSize(i);
            clear(frame.gradient(i), from * size, to * size);
            clear(frame.hessian(i), from * size, to * size);
        }
    }

    private static void clear(float @Nullable [] derivatives, int from, int to) {
        if (derivatives != null) {
            Arrays.fill(derivatives, from, to, 0);
        }
    }
}
