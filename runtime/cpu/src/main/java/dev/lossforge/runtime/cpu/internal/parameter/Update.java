package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.optimizer.Sgd;
import java.util.List;

/** An optimizer's rule over flat arrays of parameters, gradients and slots. */
public interface Update {

    /**
     * Updates the elements {@code from} to {@code to - 1}, which belong to one parameter.
     *
     * @param step the number of this update, counted from 1
     * @param weights whether weight decay acts on these elements
     */
    void apply(
            float[] values,
            float[] gradient,
            List<float[]> slots,
            int from,
            int to,
            double learningRate,
            long step,
            boolean weights);

    /** The rule of an optimizer, which expects the slots in the order of {@link Optimizer#slots}. */
    static Update of(Optimizer optimizer) {
        return switch (optimizer) {
            case Sgd sgd -> new SgdUpdate(sgd);
            case Adam adam -> new AdamUpdate(adam, 0);
            case AdamW adamW -> new AdamUpdate(adamW.adam(), adamW.weightDecay());
        };
    }
}
