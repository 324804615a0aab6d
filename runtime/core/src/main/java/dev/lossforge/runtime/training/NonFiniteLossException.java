package dev.lossforge.runtime.training;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.backend.StepResult;
import java.util.Optional;

/**
 * Reports a training that diverged: the loss or a gradient became NaN or infinite. The model has the weights from
 * before that step.
 */
public final class NonFiniteLossException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    private final int epoch;
    private final int step;

    /** @param inData what is NaN or infinite in the data, as in "'input' of row 6 (index 5) is NaN" */
    public NonFiniteLossException(int epoch, int step, StepResult result, Optional<String> inData) {
        super("The " + culprit(result) + " at epoch " + epoch + ", step " + step
                + ", so the training stopped with the weights from before that step; "
                + inData.map(found -> found + ", so replace this value, or leave out what has none.")
                        .orElse("lower the learning rate, or look for very large values in the data."));
        this.epoch = epoch;
        this.step = step;
    }

    private static String culprit(StepResult result) {
        if (Double.isNaN(result.loss())) {
            return "loss became NaN";
        }
        return Double.isInfinite(result.loss()) ? "loss became infinite" : "gradient became NaN or infinite";
    }

    /** The epoch in which it happened, from 1. */
    public int epoch() {
        return epoch;
    }

    /** The step within that epoch, from 1. */
    public int step() {
        return step;
    }
}
