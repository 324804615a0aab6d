package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.NonFinite;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Increases the learning rate by a factor from step to step and records the losses, until they have grown far. */
public final class RateSearch implements Callback {
    /** The multiple of the first loss that ends the trial. */
    private static final double FAR = 4;

    private final double minRate;
    private final double maxRate;
    private final int steps;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    public RateSearch(double minRate, double maxRate, int steps) {
        if (!(minRate > 0 && minRate < maxRate && Double.isFinite(maxRate)) || steps < 2) {
            throw new ConfigurationException("Learning rates are tried from one above 0 to a larger one in at least 2"
                    + " steps, but from " + minRate + " to " + maxRate + " in " + steps + " was requested.");
        }
        this.minRate = minRate;
        this.maxRate = maxRate;
        this.steps = steps;
    }

    /** Trains, and then restores the model. */
    public void run(CompiledModel model, int batchSize, Function<FitOptions, Training> training) {
        OptimizerState optimizer = model.optimizerState();
        Map<String, Tensor> parameters = model.parameters();
        double rate = model.learningRate();
        try {
            // Every epoch has at least one step.
            training.apply(FitOptions.epochs(steps).withBatchSize(batchSize).withCallback(this))
                    .run();
        } finally {
            model.loadParameters(parameters);
            model.loadOptimizerState(optimizer);
            model.setLearningRate(rate);
        }
    }

    /** The rates of the finished steps. */
    public List<Double> rates() {
        return rates;
    }

    /** The losses of their batches, each before the step. */
    public List<Double> losses() {
        return losses;
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        training.setLearningRate(minRate);
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        rates.add(training.learningRate());
        losses.add(event.batchLoss());
        double growth = event.batchLoss() - losses.getFirst();
        if (rates.size() == steps || growth > (FAR - 1) * Math.abs(losses.getFirst())) {
            training.stop();
        } else {
            training.setLearningRate(minRate * Math.pow(maxRate / minRate, (double) rates.size() / (steps - 1)));
        }
    }

    @Override
    public void onNonFinite(NonFinite event, TrainingControl training) {
        training.stop();
    }
}
