package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a model is fitted.
 *
 * @param epochs how often the training data are gone through
 * @param batchSize the number of samples per step
 * @param shuffle whether every epoch draws the samples in an order of its own, which follows from the model's seed
 * @param validation data to evaluate the model on after every epoch
 * @param callbacks called in this order
 * @param checkpointer keeps the training, if it is to be kept
 */
public record FitOptions(
        int epochs,
        int batchSize,
        boolean shuffle,
        Optional<Dataset> validation,
        List<Callback> callbacks,
        Optional<Checkpointer> checkpointer) {

    public FitOptions {
        callbacks = List.copyOf(callbacks);
        if (epochs < 1) {
            throw new ConfigurationException("A training has at least 1 epoch, but " + epochs + " are asked for.");
        }
        if (batchSize < 1) {
            throw new ConfigurationException("A batch has at least 1 sample, but the batch size is " + batchSize + ".");
        }
    }

    /** So many epochs of shuffled batches of 32, without validation, callbacks or checkpoints. */
    public static FitOptions epochs(int epochs) {
        return new FitOptions(epochs, 32, true, Optional.empty(), List.of(), Optional.empty());
    }

    public FitOptions withBatchSize(int batchSize) {
        return new FitOptions(epochs, batchSize, shuffle, validation, callbacks, checkpointer);
    }

    /** The same, with the samples in the dataset's order in every epoch. */
    public FitOptions inOrder() {
        return new FitOptions(epochs, batchSize, false, validation, callbacks, checkpointer);
    }

    public FitOptions withValidation(Dataset validation) {
        return new FitOptions(epochs, batchSize, shuffle, Optional.of(validation), callbacks, checkpointer);
    }

    /** The same with one more callback. */
    public FitOptions withCallback(Callback callback) {
        List<Callback> more = new ArrayList<>(callbacks);
        more.add(callback);
        return new FitOptions(epochs, batchSize, shuffle, validation, more, checkpointer);
    }

    /** The same, kept by this checkpointer. */
    public FitOptions withCheckpointer(Checkpointer checkpointer) {
        return new FitOptions(epochs, batchSize, shuffle, validation, callbacks, Optional.of(checkpointer));
    }
}
