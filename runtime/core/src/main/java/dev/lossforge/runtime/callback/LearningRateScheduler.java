package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.callback.TrainingEvent.EpochEnd;
import dev.lossforge.runtime.callback.TrainingEvent.StepEnd;
import dev.lossforge.runtime.callback.TrainingEvent.TrainBegin;
import dev.lossforge.runtime.optimizer.Schedule;

/** Sets the learning rate before every step, or before every epoch, by a schedule. */
public final class LearningRateScheduler implements Callback {
    private final Schedule schedule;
    private final boolean everyStep;
    private int stepsPerEpoch;

    private LearningRateScheduler(Schedule schedule, boolean everyStep) {
        this.schedule = schedule;
        this.everyStep = everyStep;
    }

    /** A scheduler whose time counts the steps of this training. */
    public static LearningRateScheduler everyStep(Schedule schedule) {
        return new LearningRateScheduler(schedule, true);
    }

    /** A scheduler whose time counts the epochs of this training. */
    public static LearningRateScheduler everyEpoch(Schedule schedule) {
        return new LearningRateScheduler(schedule, false);
    }

    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        stepsPerEpoch = event.stepsPerEpoch();
        set(training);
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        if (everyStep) {
            set(training);
        }
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        set(training);
    }

    private void set(TrainingControl training) {
        TrainingControl.Position position = training.position();
        long epochs = position.epoch() - 1L;
        training.setLearningRate(schedule.at(everyStep ? epochs * stepsPerEpoch + position.step() : epochs));
    }
}
