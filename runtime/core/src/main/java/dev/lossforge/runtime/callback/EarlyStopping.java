package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.Event.TrainEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a training that no longer improves. With {@link #restoringBest}, the model has the weights of its best epoch at
 * the end of every training, stopped or not.
 */
public final class EarlyStopping implements Callback.Stateful {
    private final Patience patience;
    private final boolean restoringBest;
    private Map<String, Tensor> bestWeights = Map.of();
    private int bestEpoch;

    private EarlyStopping(Patience patience, boolean restoringBest) {
        this.patience = patience;
        this.restoringBest = restoringBest;
    }

    /** Stops after {@code epochs} epochs in which the monitored value does not improve. */
    public static EarlyStopping after(int epochs, Monitor monitor) {
        return new EarlyStopping(new Patience(monitor, epochs, 0), false);
    }

    /** Sets the margin that a value must exceed to count as an improvement; 0 by default. */
    public EarlyStopping withMinImprovement(double margin) {
        return new EarlyStopping(patience.withMargin(margin), restoringBest);
    }

    /** Restores the model's best weights at the end. */
    public EarlyStopping restoringBest() {
        return new EarlyStopping(patience, true);
    }

    /** The best epoch so far, counted from 1; 0 before the first epoch has ended. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** The monitored value after that epoch. */
    public double bestValue() {
        return patience.best();
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        patience.reset();
        bestWeights = Map.of();
        bestEpoch = 0;
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        if (patience.improvedBy(patience.monitor().of(event.result()))) {
            bestEpoch = event.result().epoch();
            bestWeights = restoringBest ? training.parameters() : Map.of();
        } else if (patience.isExhausted()) {
            training.stop();
        }
    }

    @Override
    public void onTrainEnd(TrainEnd event, TrainingControl training) {
        if (!bestWeights.isEmpty()) {
            training.loadParameters(bestWeights);
        }
    }

    @Override
    public String stateName() {
        return "early-stopping";
    }

    @Override
    public Callback.Stateful.State state() {
        Map<String, List<Double>> numbers = new LinkedHashMap<>(patience.state());
        numbers.put("bestEpoch", List.of((double) bestEpoch));
        return new Callback.Stateful.State(numbers, bestWeights);
    }

    @Override
    public void restore(Callback.Stateful.State state) {
        patience.restore(state);
        bestEpoch = (int) state.number("bestEpoch");
        bestWeights = state.tensors();
    }
}
