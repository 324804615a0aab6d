package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;

/**
 * How far a training has come.
 *
 * @param earlierEpochs how many epochs the model had been trained for when this training began
 * @param epoch the epoch in progress, or the one to come between two epochs; from 1
 * @param step the steps of that epoch that are done
 */
public record TrainingPosition(int earlierEpochs, int epoch, int step) {

    public TrainingPosition {
        if (earlierEpochs < 0 || epoch < 1 || step < 0) {
            throw new ConfigurationException("A training cannot stand at epoch " + epoch + ", step " + step + ", after "
                    + earlierEpochs + " earlier epochs; epochs count from 1.");
        }
    }

    /** Before the first step. */
    static TrainingPosition start(int earlierEpochs) {
        return new TrainingPosition(earlierEpochs, 1, 0);
    }

    TrainingPosition nextStep() {
        return new TrainingPosition(earlierEpochs, epoch, step + 1);
    }

    TrainingPosition nextEpoch() {
        return new TrainingPosition(earlierEpochs, epoch + 1, 0);
    }

    /** As in "epoch 2, step 31", where step 31 is the last one done. */
    @Override
    public String toString() {
        return "epoch " + epoch + ", step " + step;
    }
}
