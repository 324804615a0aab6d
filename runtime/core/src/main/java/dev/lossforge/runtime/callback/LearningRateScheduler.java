package dev.lossforge.runtime.callback;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.internal.Rates;
import java.io.Serializable;
import java.util.List;

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

    /**
     * A learning rate that changes during training: a function of the time {@code t}, which counts the finished steps
     * or epochs. It has no state, so a resumed training needs none.
     */
    public sealed interface Schedule extends Serializable {

        /** The rate at time {@code t ≥ 0}, above 0. */
        double at(long t);

        /** Always the same rate. */
        record Constant(double rate) implements Schedule {
            public Constant {
                Rates.requireLearningRate(rate);
            }

            @Override
            public double at(long t) {
                return rate;
            }
        }

        /** {@code rate · factor^⌊t / interval⌋}: a drop at every interval. */
        record Step(double rate, double factor, long interval) implements Schedule {
            public Step {
                Rates.requireLearningRate(rate);
                Rates.requirePositive("factor of the schedule", factor);
                requireTime("interval", interval);
            }

            @Override
            public double at(long t) {
                long drops = t / interval;
                return positive(rate * Math.pow(factor, (double) drops));
            }
        }

        /** {@code rate · factor^(t / duration)}: a smooth decay that reaches the factor after the duration. */
        record Exponential(double rate, double factor, long duration) implements Schedule {
            public Exponential {
                Rates.requireLearningRate(rate);
                Rates.requirePositive("factor of the schedule", factor);
                requireTime("duration", duration);
            }

            @Override
            public double at(long t) {
                return positive(rate * Math.pow(factor, (double) t / duration));
            }
        }

        /**
         * Half a cosine wave from {@code rate} down to {@code last}, then constant (Loshchilov and Hutter 2017, without
         * restarts): {@code last + (rate - last) · (1 + cos(π·t/duration)) / 2}.
         */
        record Cosine(double rate, double last, long duration) implements Schedule {
            public Cosine {
                Rates.requireLearningRate(rate);
                Rates.requireLearningRate(last);
                requireTime("duration", duration);
            }

            @Override
            public double at(long t) {
                double passed = (double) Math.min(t, duration) / duration;
                return positive(last + (rate - last) * (1 + StrictMath.cos(Math.PI * passed)) / 2);
            }
        }

        /**
         * Rises in equal steps to the first rate of the next schedule, and then follows that schedule, whose time
         * starts there: {@code next(0) · (t + 1) / (duration + 1)} while {@code t < duration}.
         */
        record WarmUp(long duration, Schedule next) implements Schedule {
            public WarmUp {
                requireTime("duration of the warm-up", duration);
            }

            @Override
            public double at(long t) {
                return t < duration ? positive(next.at(0) * (t + 1) / (duration + 1)) : next.at(t - duration);
            }
        }

        /**
         * {@code rates[i]} from time {@code times[i - 1]} until time {@code times[i]}; there is one more rate than
         * times.
         */
        record Piecewise(List<Long> times, List<Double> rates) implements Schedule {
            public Piecewise {
                times = List.copyOf(times);
                rates = List.copyOf(rates);
                if (rates.size() != times.size() + 1) {
                    throw new ConfigurationException("A schedule in pieces has one rate more than times, but "
                            + rates.size() + " rates and " + times.size() + " times are given.");
                }
                rates.forEach(Rates::requireLearningRate);
                for (int i = 0; i < times.size(); i++) {
                    if (times.get(i) <= (i == 0 ? 0 : times.get(i - 1))) {
                        throw new ConfigurationException(
                                "The times of a schedule in pieces are above 0 and increase, but are " + times + ".");
                    }
                }
            }

            @Override
            public double at(long t) {
                int piece = 0;
                while (piece < times.size() && t >= times.get(piece)) {
                    piece++;
                }
                return rates.get(piece);
            }
        }

        private static void requireTime(String what, long time) {
            if (time < 1) {
                throw new ConfigurationException(
                        "The " + what + " of a schedule is at least 1 step or epoch, but " + time + " is given.");
            }
        }

        /** A decay that underflows ends at the smallest positive rate, because a rate must be above 0. */
        private static double positive(double rate) {
            return Math.clamp(rate, Double.MIN_VALUE, Double.MAX_VALUE);
        }
    }
}
