package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.metric.EpochResult;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;

/**
 * Something that happened during {@link dev.lossforge.runtime.model.Model#fit}; epochs and steps are counted from 1.
 */
public sealed interface TrainingEvent {

    /**
     * The training begins, or is resumed.
     *
     * @param epochs the number of requested epochs
     * @param stepsPerEpoch the number of batches of an epoch
     * @param samples the number of training samples of an epoch
     * @param backend the name of the backend in use
     */
    record TrainBegin(int epochs, int stepsPerEpoch, int samples, String backend) implements TrainingEvent {}

    /** An epoch begins. */
    record EpochBegin(int epoch) implements TrainingEvent {}

    /**
     * A step has finished.
     *
     * @param step its number within the epoch
     * @param batchLoss the loss over its batch, penalties included
     * @param scores the scores of the epoch so far
     * @param samples the number of samples of the epoch so far
     * @param seconds the duration of the epoch so far
     */
    record StepEnd(int epoch, int step, double batchLoss, Scores scores, long samples, double seconds)
            implements TrainingEvent {}

    /**
     * The loss or a gradient of a step was NaN or infinite; the model is as before that step. Unless a callback stops
     * the training now, it ends with an exception that has this message.
     *
     * @param step its number within the epoch
     */
    record NonFinite(int epoch, int step, String message) implements TrainingEvent {}

    /** An epoch has finished, validation included. */
    record EpochEnd(EpochResult result) implements TrainingEvent {}

    /**
     * The training has finished: all epochs, or fewer if a callback stopped it. This event does not follow an error.
     */
    record TrainEnd(History history) implements TrainingEvent {}
}
