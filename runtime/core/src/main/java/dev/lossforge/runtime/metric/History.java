package dev.lossforge.runtime.metric;

import java.util.List;
import java.util.Optional;

/** The epochs of one training, in order. There are none only if a callback stopped the training before it began. */
public record History(List<Epoch> epochs) {

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The last epoch. There is one unless a callback stopped the training before it began. */
    public Epoch last() {
        return epochs.getLast();
    }

    /**
     * The result of an epoch.
     *
     * @param epoch its number within the training, from 1
     * @param scores the scores of the training samples, each computed by the model as it was at that step
     * @param seconds the time of the training steps, without validation
     * @param samplesPerSecond training samples per second of that time
     * @param validation the scores on the validation data after the epoch, if there are any
     */
    public record Epoch(
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
}
