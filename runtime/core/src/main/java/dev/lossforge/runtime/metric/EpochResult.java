package dev.lossforge.runtime.metric;

import java.util.Optional;

/**
 * The result of an epoch.
 *
 * @param epoch its number within the training, from 1
 * @param scores the scores of the training samples, each computed by the model as it was at that step
 * @param seconds the time of the training steps, without validation
 * @param samplesPerSecond training samples per second of that time
 * @param validation the scores on the validation data after the epoch, if there are any
 */
public record EpochResult(
        int epoch, Scores scores, double seconds, double samplesPerSecond, Optional<Evaluation> validation) {

    /** See {@link Scores#loss}. */
    public double loss() {
        return scores.loss();
    }

    /** See {@link Scores#part}. */
    public double part(String name) {
        return scores.part(name);
    }

    /** See {@link Scores#metric}. */
    public double metric(String name) {
        return scores.metric(name);
    }

    /** See {@link Scores#hyperparameter}. */
    public double hyperparameter(String name) {
        return scores.hyperparameter(name);
    }

    /** See {@link Scores#accuracy}. */
    public double accuracy() {
        return scores.accuracy();
    }
}
