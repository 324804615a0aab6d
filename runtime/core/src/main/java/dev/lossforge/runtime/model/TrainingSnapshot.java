package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Everything that a training is, between two of its steps. {@link Sequential#resume} goes on from it as if there had
 * been no interruption: the weights and histories that follow are the same to the last bit.
 *
 * <p>The order of the samples and what dropout drops have no state beside the position: they are functions of seed,
 * epoch and step.
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
        TrainingPlan plan,
        TrainingPosition position,
        boolean stopped,
        List<EpochResult> epochs,
        EpochProgress progress,
        SequencedMap<String, Tensor> parameters,
        OptimizerState optimizer,
        double learningRate,
        Map<String, CallbackState> callbacks) {

    public TrainingSnapshot {
        epochs = List.copyOf(epochs);
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        callbacks = Collections.unmodifiableMap(new LinkedHashMap<>(callbacks));
    }

    /**
     * An epoch of which some steps are done.
     *
     * @param seconds they took
     * @param tallies what the loss and each metric have added up
     */
    public record EpochProgress(double seconds, Map<String, List<Double>> tallies) {

        public EpochProgress {
            tallies = Collections.unmodifiableMap(new LinkedHashMap<>(tallies));
        }
    }
}
