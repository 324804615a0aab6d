package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.Callback.Event.NonFinite;

/**
 * Ends a training whose loss or gradient became NaN or infinite with a history instead of an exception. Either way, the
 * model has the weights from before that step.
 */
public final class TerminateOnNaN implements Callback {
    @Override
    public void onNonFinite(NonFinite event, TrainingControl training) {
        training.stop();
    }
}
