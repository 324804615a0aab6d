package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.TrainingEvent.EpochBegin;
import dev.lossforge.runtime.callback.TrainingEvent.EpochEnd;
import dev.lossforge.runtime.callback.TrainingEvent.NonFinite;
import dev.lossforge.runtime.callback.TrainingEvent.StepEnd;
import dev.lossforge.runtime.callback.TrainingEvent.TrainBegin;
import dev.lossforge.runtime.callback.TrainingEvent.TrainEnd;

/**
 * Receives events during a training and can act through {@link TrainingControl}. Callbacks run on the training thread,
 * in order; an exception ends the training.
 */
public interface Callback {

    default void onTrainBegin(TrainBegin event, TrainingControl training) {}

    default void onEpochBegin(EpochBegin event, TrainingControl training) {}

    default void onStepEnd(StepEnd event, TrainingControl training) {}

    default void onNonFinite(NonFinite event, TrainingControl training) {}

    default void onEpochEnd(EpochEnd event, TrainingControl training) {}

    default void onTrainEnd(TrainEnd event, TrainingControl training) {}

    /** Passes an event to its method. */
    default void on(TrainingEvent event, TrainingControl training) {
        switch (event) {
            case TrainBegin begin -> onTrainBegin(begin, training);
            case EpochBegin begin -> onEpochBegin(begin, training);
            case StepEnd end -> onStepEnd(end, training);
            case NonFinite nonFinite -> onNonFinite(nonFinite, training);
            case EpochEnd end -> onEpochEnd(end, training);
            case TrainEnd end -> onTrainEnd(end, training);
        }
    }
}
