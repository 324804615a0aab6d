package dev.lossforge.runtime.internal.report;

import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records the loss and the gradient norm of a training, averaged over short runs of steps, and the learning rate. */
public final class TrainingCurve implements Callback.Stateful {
    private static final int POINTS_PER_EPOCH = 50;

    private final List<Double> times = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> norms = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private int stepsPerEpoch;
    private double loss;
    private double norm;
    private int steps;

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        stepsPerEpoch = event.stepsPerEpoch();
        List.of(times, losses, norms, rates).forEach(List::clear);
        loss = 0;
        norm = 0;
        steps = 0;
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        loss += event.batchLoss();
        norm += training.gradientNorm();
        steps++;
        if (steps >= Math.max(1, stepsPerEpoch / POINTS_PER_EPOCH)) {
            times.add(event.epoch() - 1 + (double) event.step() / stepsPerEpoch);
            losses.add(loss / steps);
            norms.add(norm / steps);
            rates.add(training.learningRate());
            loss = 0;
            norm = 0;
            steps = 0;
        }
    }

    /** The times of the points, in epochs since the beginning. */
    public List<Double> times() {
        return List.copyOf(times);
    }

    /** The mean loss of the steps between each point and the previous one. */
    public List<Double> losses() {
        return List.copyOf(losses);
    }

    /**
     * The mean gradient norm of the steps between each point and the previous one; NaN if the backend does not provide
     * it.
     */
    public List<Double> norms() {
        return List.copyOf(norms);
    }

    /** The learning rates at the points. */
    public List<Double> rates() {
        return List.copyOf(rates);
    }

    @Override
    public String stateName() {
        return "training-curve";
    }

    @Override
    public Callback.Stateful.State state() {
        return Callback.Stateful.State.of(Map.of(
                "times", times(),
                "losses", losses(),
                "norms", norms(),
                "rates", rates(),
                "sums", List.of(loss, norm),
                "steps", List.of((double) steps)));
    }

    @Override
    public void restore(Callback.Stateful.State state) {
        replace(times, state.list("times"));
        replace(losses, state.list("losses"));
        replace(norms, state.list("norms"));
        replace(rates, state.list("rates"));
        loss = state.list("sums").get(0);
        norm = state.list("sums").get(1);
        steps = (int) state.number("steps");
    }

    private static void replace(List<Double> list, List<Double> values) {
        list.clear();
        list.addAll(values);
    }
}
