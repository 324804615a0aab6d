package dev.lossforge.runtime.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.callback.StatefulCallback;
import dev.lossforge.runtime.callback.TrainingControl;
import dev.lossforge.runtime.metric.EpochResult;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The complete state of a training between two steps. {@link dev.lossforge.runtime.model.Model#resume} continues from
 * it as if there had been no interruption: the weights and histories that follow are the same to the last bit.
 *
 * <p>The order of the samples and what dropout drops need no state: they are functions of seed, epoch and step.
 *
 * @param plan what the training does, which must be the same when it is resumed
 * @param position the next step to do
 * @param stopped whether a callback has ended the training, so that no further step follows
 * @param epochs the epochs done
 * @param progress the epoch in progress
 * @param parameters of the model
 * @param optimizer what the optimiser remembers
 * @param learningRate of the next step
 * @param callbacks the memories of the callbacks, by {@link StatefulCallback#stateName}
 */
public record TrainingSnapshot(
        Plan plan,
        TrainingControl.Position position,
        boolean stopped,
        List<EpochResult> epochs,
        EpochProgress progress,
        SequencedMap<String, Tensor> parameters,
        OptimizerState optimizer,
        double learningRate,
        Map<String, StatefulCallback.State> callbacks) {

    public TrainingSnapshot {
        epochs = List.copyOf(epochs);
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        callbacks = Collections.unmodifiableMap(new LinkedHashMap<>(callbacks));
    }

    /**
     * An epoch in progress.
     *
     * @param seconds they took
     * @param tallies what the loss and each metric have added up
     */
    public record EpochProgress(double seconds, Map<String, List<Double>> tallies) {

        public EpochProgress {
            tallies = Collections.unmodifiableMap(new LinkedHashMap<>(tallies));
        }
    }

    /**
     * Everything that determines the numbers of a training, except its position. A training can be resumed only under
     * an equal plan. The number of epochs is not part of the plan, so that a training can be extended.
     *
     * @param entries what is planned, described in text, by what it is called
     */
    public record Plan(SequencedMap<String, String> entries) {

        public Plan {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /**
         * Checks that a training saved under another plan can continue under this one.
         *
         * @throws ConfigurationException naming the first thing that differs
         */
        public void requireSame(Plan saved) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                String was = saved.entries.getOrDefault(entry.getKey(), "(nothing)");
                if (!was.equals(entry.getValue())) {
                    throw new ConfigurationException("The training was saved with another " + entry.getKey()
                            + ": it was " + was + " and is now " + entry.getValue() + "; resume with what it was.");
                }
            }
        }
    }
}
