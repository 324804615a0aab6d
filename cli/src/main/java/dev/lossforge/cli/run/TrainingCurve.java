package dev.lossforge.cli.run;

import dev.lossforge.runtime.callback.StatefulCallback;
import dev.lossforge.runtime.callback.TrainingControl;
import dev.lossforge.runtime.callback.TrainingEvent.StepEnd;
import dev.lossforge.runtime.callback.TrainingEvent.TrainBegin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Remembers the loss during a training, averaged over short stretches of steps, and the learning rate. */
public final class TrainingCurve implements StatefulCallback {
    private static final int POINTS_PER_EPOCH = 50;

    private final List<Double> times = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private int stepsPerEpoch;
    private double sum;
    private int steps;

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        stepsPerEpoch = event.stepsPerEpoch();
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        sum += event.batchLoss();
        steps++;
        if (steps >= Math.max(1, stepsPerEpoch / POINTS_PER_EPOCH)) {
            times.add(event.epoch() - 1 + (double) event.step() / stepsPerEpoch);
            losses.add(sum / steps);
            rates.add(training.learningRate());
            sum = 0;
            steps = 0;
        }
    }

    /** The points so far. */
    public RunRecord.Curve points() {
        return new RunRecord.Curve(times, losses, rates);
    }

    @Override
    public String stateName() {
        return "training-curve";
    }

    @Override
    public StatefulCallback.State state() {
        return StatefulCallback.State.of(Map.of(
                "times", List.copyOf(times),
                "losses", List.copyOf(losses),
                "rates", List.copyOf(rates),
                "sum", List.of(sum),
                "steps", List.of((double) steps)));
    }

    @Override
    public void restore(StatefulCallback.State state) {
        replace(times, state.list("times"));
        replace(losses, state.list("losses"));
        replace(rates, state.list("rates"));
        sum = state.number("sum");
        steps = (int) state.number("steps");
    }

    private static void replace(List<Double> list, List<Double> values) {
        list.clear();
        list.addAll(values);
    }
}
