package dev.lossforge.runtime.model;

import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/** What a callback may do to the training that called it. */
public interface TrainingControl {

    /** The epochs that are done, those before an interruption included. */
    History history();

    /** How many steps are done. */
    TrainingPosition position();

    /**
     * Ends the training: at once after the present step, cutting the epoch short, or after the present epoch if that is
     * over.
     */
    void stop();

    /**
     * Breaks the training off after the present step, between two steps: no validation and no further event follow, the
     * {@link Checkpointer} is given the chance to keep it, and {@code fit} throws a
     * {@link TrainingInterruptedException}.
     */
    void interrupt();

    /** A copy of the model's parameters. */
    SequencedMap<String, Tensor> parameters();

    /** Replaces the model's parameters; the optimiser's memory stays as it is. */
    void loadParameters(Map<String, Tensor> parameters);

    /** The learning rate of the next step. */
    double learningRate();

    /**
     * Sets the learning rate from the next step on.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if it is not a finite number above 0
     */
    void setLearningRate(double learningRate);
}
