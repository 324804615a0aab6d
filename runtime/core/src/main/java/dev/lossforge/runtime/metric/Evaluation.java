package dev.lossforge.runtime.metric;

/**
 * The scores of a model on a dataset.
 *
 * @param samples the number of evaluated samples
 */
public record Evaluation(Scores scores, int samples) {

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
