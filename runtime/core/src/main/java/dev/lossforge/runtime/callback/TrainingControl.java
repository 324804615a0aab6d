package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/** The actions of a callback on the training that notifies it. */
public interface TrainingControl {

    /** The finished epochs, including those before an interruption. */
    History history();

    /** The current position. */
    Position position();

    /**
     * Ends the training. It ends after the current step, which cuts the epoch short, or, if the epoch is complete,
     * after the epoch.
     */
    void stop();

    /**
     * Interrupts the training after the current step. No validation and no further event follow. The
     * {@link dev.lossforge.runtime.training.Checkpointer} can save the training, and {@code fit} throws a
     * {@link dev.lossforge.runtime.training.TrainingInterruptedException}. An interrupt of the thread that trains does
     * the same.
     */
    void interrupt();

    /** A copy of the model's parameters. */
    SequencedMap<String, Tensor> parameters();

    /** Replaces the model's parameters; the optimizer's state does not change. */
    void loadParameters(Map<String, Tensor> parameters);

    /**
     * The Euclidean norm of all gradients of the last step, penalties included. It is measured before clipping by norms
     * and after clipping by value, and computed on request. NaN if the backend does not provide it.
     */
    double gradientNorm();

    /** The learning rate of the next step. */
    double learningRate();

    /**
     * Sets the learning rate from the next step on.
     *
     * @throws ConfigurationException if it is not a finite number above 0
     */
    void setLearningRate(double learningRate);

    /**
     * The position of a training.
     *
     * @param earlierEpochs the number of epochs for which the model had been trained before this training
     * @param epoch the epoch in progress, or between two epochs the next one; counted from 1
     * @param step the number of finished steps of that epoch
     */
    public record Position(int earlierEpochs, int epoch, int step) {

        public Position {
            if (earlierEpochs < 0 || epoch < 1 || step < 0) {
                throw new ConfigurationException("A training cannot be at epoch " + epoch + ", step " + step
                        + ", after " + earlierEpochs + " earlier epochs; epochs count from 1.");
            }
        }

        /** The position before the first step. */
        public static Position start(int earlierEpochs) {
            return new Position(earlierEpochs, 1, 0);
        }

        /** The position after another step. */
        public Position nextStep() {
            return new Position(earlierEpochs, epoch, step + 1);
        }

        /** The position before the first step of the next epoch. */
        public Position nextEpoch() {
            return new Position(earlierEpochs, epoch + 1, 0);
        }

        /** The position as text, as in "epoch 2, step 31", where step 31 is the last finished one. */
        @Override
        public String toString() {
            return "epoch " + epoch + ", step " + step;
        }
    }
}
