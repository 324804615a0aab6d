package dev.lossforge.runtime.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a model is fitted. By default: shuffled batches of 32, no validation, no callbacks, no checkpoints. */
public final class FitOptions {
    private final int epochs;
    private int batchSize = 32;
    private boolean shuffle = true;
    private boolean droppingLast;
    private Optional<Dataset> validation = Optional.empty();
    private List<Callback> callbacks = List.of();
    private Optional<Checkpointer> checkpointer = Optional.empty();

    private FitOptions(int epochs) {
        this.epochs = epochs;
    }

    /** Goes through the training data {@code epochs} times. */
    public static FitOptions epochs(int epochs) {
        if (epochs < 1) {
            throw new ConfigurationException("A training has at least 1 epoch, but " + epochs + " were requested.");
        }
        return new FitOptions(epochs);
    }

    /** A changed copy, because an object never changes after it is returned. */
    private FitOptions with(Consumer<FitOptions> change) {
        FitOptions copy = new FitOptions(epochs);
        copy.batchSize = batchSize;
        copy.shuffle = shuffle;
        copy.droppingLast = droppingLast;
        copy.validation = validation;
        copy.callbacks = callbacks;
        copy.checkpointer = checkpointer;
        change.accept(copy);
        return copy;
    }

    /** The number of samples per step. */
    public FitOptions withBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new ConfigurationException("A batch has at least 1 sample, but the batch size is " + batchSize + ".");
        }
        return with(copy -> copy.batchSize = batchSize);
    }

    /** Takes the samples in the dataset's order in every epoch, instead of shuffling them by the model's seed. */
    public FitOptions inOrder() {
        return with(copy -> copy.shuffle = false);
    }

    /**
     * Leaves out the last batch of an epoch if it has fewer samples than the others. Each shuffled epoch leaves out
     * different samples.
     */
    public FitOptions droppingLast() {
        return with(copy -> copy.droppingLast = true);
    }

    /** Data to evaluate the model on after every epoch. */
    public FitOptions withValidation(Dataset validation) {
        return with(copy -> copy.validation = Optional.of(validation));
    }

    /** Adds a callback; callbacks run in the order in which they were added. */
    public FitOptions withCallback(Callback callback) {
        List<Callback> more = new ArrayList<>(callbacks);
        more.add(callback);
        return with(copy -> copy.callbacks = List.copyOf(more));
    }

    /** Saves the training with this checkpointer. */
    public FitOptions withCheckpointer(Checkpointer checkpointer) {
        return with(copy -> copy.checkpointer = Optional.of(checkpointer));
    }

    public int epochs() {
        return epochs;
    }

    public int batchSize() {
        return batchSize;
    }

    public boolean shuffle() {
        return shuffle;
    }

    /** Whether a last batch with fewer samples than the others is left out. */
    public boolean isDroppingLast() {
        return droppingLast;
    }

    public Optional<Dataset> validation() {
        return validation;
    }

    public List<Callback> callbacks() {
        return callbacks;
    }

    public Optional<Checkpointer> checkpointer() {
        return checkpointer;
    }
}
