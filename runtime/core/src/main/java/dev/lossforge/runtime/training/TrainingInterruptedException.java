package dev.lossforge.runtime.training;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.callback.Callback.TrainingControl;

/**
 * Reports a training that {@link TrainingControl#interrupt} or {@link Thread#interrupt} ended between two steps. The
 * model is in the state after the last one. A thread that was interrupted stays so.
 */
public final class TrainingInterruptedException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public TrainingInterruptedException(TrainingControl.Position position) {
        super("The training was interrupted after " + position + "; resume it to continue from there.");
    }
}
