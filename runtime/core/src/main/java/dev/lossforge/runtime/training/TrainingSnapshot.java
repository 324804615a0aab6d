package dev.lossforge.runtime.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * The complete state of a training between two steps. {@link dev.lossforge.runtime.model.Model#resume} continues from
 * it as if there had been no interruption: the following weights and histories are bit by bit the same.
 *
 * <p>The order of the samples and the choices of dropout need no state, because they are functions of seed, epoch and
 * step.
 *
 * @param plan the plan of the training, which must be the same when it is resumed
 * @param position the next step
 * @param stopped whether a callback has ended the training, so that no further step follows
 * @param epochs the finished epochs
 * @param progress the epoch in progress
 * @param parameters the parameters of the model
 * @param optimizer the state of the optimizer
 * @param learningRate the learning rate of the next step
 * @param callbacks the states of the callbacks, by {@link Callback.Stateful#stateName}
 */
public record TrainingSnapshot(
        Plan plan,
        TrainingControl.Position position,
        boolean stopped,
        List<History.Epoch> epochs,
        EpochProgress progress,
        SequencedMap<String, Tensor> parameters,
        OptimizerState optimizer,
        double learningRate,
        Map<String, Callback.Stateful.State> callbacks) {

    public TrainingSnapshot {
        epochs = List.copyOf(epochs);
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        callbacks = Collections.unmodifiableMap(new LinkedHashMap<>(callbacks));
    }

    /**
     * An epoch in progress.
     *
     * @param seconds the time of its steps so far
     * @param tallies the sums of the loss and of each metric so far
     */
    public record EpochProgress(double seconds, Map<String, List<Double>> tallies) {

        public EpochProgress {
            tallies = Collections.unmodifiableMap(new LinkedHashMap<>(tallies));
        }
    }

    /**
     * Everything that determines the numbers of a training, except its position. A training can be resumed only under
     * an equal plan. The number of epochs is not part of the plan, so a training can be extended.
     *
     * @param entries descriptions as text, by name
     */
    public record Plan(SequencedMap<String, String> entries) {

        public Plan {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /**
         * Checks that a training saved under another plan can continue under this one.
         *
         * @throws ConfigurationException that names the first difference
         */
        public void requireSame(Plan saved) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                String was = saved.entries.getOrDefault(entry.getKey(), "(nothing)");
                if (!was.equals(entry.getValue())) {
                    throw new ConfigurationException("The training was saved with another " + entry.getKey()
                            + ": it was " + was + " and is now " + entry.getValue() + "; resume with the original.");
                }
            }
        }
    }

    /** Saves snapshots of a training. Called on the training thread, after all callbacks. */
    public interface Checkpointer {

        /** The moments at which a training can be saved. */
        enum Moment {
            /** The training has begun or been resumed, and no step has followed yet. */
            BEGIN,
            /** A step has finished. */
            STEP,
            /** An epoch has finished. */
            EPOCH,
            /** The training is being interrupted. Whatever is not saved now is lost. */
            END
        }

        /**
         * Called whenever the training can be saved.
         *
         * @param updates the number of updates of the model so far
         * @param snapshot creates the snapshot, which copies the model; valid only during the call
         */
        void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot);
    }
}
