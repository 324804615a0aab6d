package dev.lossforge.runtime.training;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.callback.TrainingControl;

/**
 * A training that {@link TrainingControl#interrupt} broke off between two steps. The model is as after the last one.
 */
public final class TrainingInterruptedException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public TrainingInterruptedException(TrainingControl.Position position) {
        super("The training was interrupted after " + position + "; resume it to continue from there.");
    }
}
