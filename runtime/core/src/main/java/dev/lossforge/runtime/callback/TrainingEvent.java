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
     * @param epochs how many epochs are asked for
     * @param stepsPerEpoch how many batches an epoch has
     * @param samples how many training samples an epoch has
     * @param backend the name of the backend that carries it out
     */
    record TrainBegin(int epochs, int stepsPerEpoch, int samples, String backend) implements TrainingEvent {}

    /** An epoch begins. */
    record EpochBegin(int epoch) implements TrainingEvent {}

    /**
     * A step is done.
     *
     * @param step its number within the epoch
     * @param batchLoss the loss over its batch, penalties included
     * @param scores of the epoch so far
     * @param samples how many samples the epoch has seen so far
     * @param seconds how long the epoch has taken so far
     */
    record StepEnd(int epoch, int step, double batchLoss, Scores scores, long samples, double seconds)
            implements TrainingEvent {}

    /**
     * The loss or a gradient of a step was NaN or infinite; the model is as before that step. Unless a callback stops
     * the training now, it ends with an exception of this message.
     *
     * @param step its number within the epoch
     */
    record NonFinite(int epoch, int step, String message) implements TrainingEvent {}

    /** An epoch is done, validation included. */
    record EpochEnd(EpochResult result) implements TrainingEvent {}

    /** The training is done: all epochs, or fewer if a callback stopped it. Does not come after an error. */
    record TrainEnd(History history) implements TrainingEvent {}
}
