package dev.lossforge.runtime.model;

/** What a callback may do to the training that called it. */
public interface TrainingControl {

    /**
     * Ends the training: at once after the present step, cutting the epoch short, or after the present epoch if that is
     * over.
     */
    void stop();

    /** The learning rate of the next step. */
    double learningRate();

    /**
     * Sets the learning rate from the next step on.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if it is not a finite number above 0
     */
    void setLearningRate(double learningRate);
}
