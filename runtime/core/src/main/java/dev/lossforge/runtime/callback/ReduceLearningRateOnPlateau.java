package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.internal.Rates;

/** Multiplies the learning rate by a factor below 1 whenever the training has not improved for some epochs. */
public final class ReduceLearningRateOnPlateau implements Callback.Stateful {
    private final Patience patience;
    private final double factor;
    private final double minRate;

    private ReduceLearningRateOnPlateau(Patience patience, double factor, double minRate) {
        this.patience = patience;
        this.factor = factor;
        this.minRate = minRate;
    }

    /** Multiplies the rate by 0.1 after {@code epochs} epochs in which the monitored value does not improve. */
    public static ReduceLearningRateOnPlateau after(int epochs, Monitor monitor) {
        return new ReduceLearningRateOnPlateau(new Patience(monitor, epochs, 0), 0.1, Double.MIN_VALUE);
    }

    /** Uses another factor, above 0 and below 1. */
    public ReduceLearningRateOnPlateau withFactor(double newFactor) {
        if (!(newFactor > 0 && newFactor < 1)) {
            throw new ConfigurationException(
                    "The factor by which a learning rate is reduced is above 0 and below 1, but " + newFactor
                            + " is given.");
        }
        return new ReduceLearningRateOnPlateau(patience, newFactor, minRate);
    }

    /** Never reduces the rate below this one. */
    public ReduceLearningRateOnPlateau withMinRate(double rate) {
        return new ReduceLearningRateOnPlateau(patience, factor, Rates.requireLearningRate(rate));
    }

    /** Sets the margin that a value must exceed to count as an improvement; 0 by default. */
    public ReduceLearningRateOnPlateau withMinImprovement(double margin) {
        return new ReduceLearningRateOnPlateau(patience.withMargin(margin), factor, minRate);
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        patience.reset();
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        if (!patience.improvedBy(patience.monitor().of(event.result())) && patience.isExhausted()) {
            double rate = training.learningRate();
            training.setLearningRate(Math.min(rate, Math.max(minRate, factor * rate)));
            patience.renew();
        }
    }

    @Override
    public String stateName() {
        return "reduce-learning-rate-on-plateau";
    }

    @Override
    public Callback.Stateful.State state() {
        return Callback.Stateful.State.of(patience.state());
    }

    @Override
    public void restore(Callback.Stateful.State state) {
        patience.restore(state);
    }
}
