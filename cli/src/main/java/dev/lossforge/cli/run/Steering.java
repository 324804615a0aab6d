package dev.lossforge.cli.run;

import dev.lossforge.losses.SoftmaxCrossEntropyWithZLoss;
import dev.lossforge.runtime.callback.Callback.Monitor;
import dev.lossforge.runtime.callback.EarlyStopping;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.ReduceLearningRateOnPlateau;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.internal.chart.Numbers;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.mnist.SoftmaxCrossEntropyLoss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options that control a training, apart from the optimizer.
 *
 * @param schedule the learning-rate schedule, in the notation of {@link ScheduleChoice}
 * @param scheduledEpochs the number of epochs over which the schedule runs
 * @param warmUp the number of steps in which the learning rate rises; 0 for none
 * @param earlyStopping the number of epochs without improvement after which the training ends; null for never
 * @param reduceOnPlateau the number of epochs without improvement after which the learning rate is divided by ten; null
 *     for never
 * @param clipNorm the maximum norm of all gradients together; null for no limit
 * @param clipValue the maximum magnitude of a gradient's component; null for no limit
 * @param zLoss the weight of the squared logarithm of the softmax's normalizer in the loss; 0 for cross-entropy alone
 * @param validation the number of training images, the last ones, that are held out for validation
 */
public record Steering(
        String schedule,
        int scheduledEpochs,
        int warmUp,
        @Nullable Integer earlyStopping,
        @Nullable Integer reduceOnPlateau,
        @Nullable Double clipNorm,
        @Nullable Double clipValue,
        double zLoss,
        int validation) {

    /** No options, as in records by older versions. */
    public static final Steering NONE = new Steering(ScheduleChoice.CONSTANT, 0, 0, null, null, null, null, 0, 0);

    public Steering {
        schedule = Objects.requireNonNullElse(schedule, ScheduleChoice.CONSTANT);
        ScheduleChoice.parse(schedule);
        if (scheduledEpochs < 0 || warmUp < 0 || validation < 0) {
            throw new IllegalArgumentException("a number of epochs, steps or images is negative");
        }
        if (!(zLoss >= 0) || Double.isInfinite(zLoss)) {
            throw new IllegalArgumentException("the weight of the z-loss is negative or not finite");
        }
    }

    /** The images to train on. */
    public Dataset training(Dataset images) {
        if (validation >= images.size()) {
            throw new DataException("Holding out " + validation + " of " + images.size()
                    + " training images leaves none to learn from; hold out fewer with --validation.");
        }
        return images.take(images.size() - validation);
    }

    /** The loss to minimize. With a z-loss, it has two parts. */
    public LossFunction loss() {
        return zLoss == 0 ? new SoftmaxCrossEntropyLoss() : new SoftmaxCrossEntropyWithZLoss((float) zLoss);
    }

    /** Adds the options that affect each step. */
    public CompileOptions applyTo(CompileOptions options) {
        if (clipNorm != null) {
            return options.withClipping(new GradientClipping.ByGlobalNorm(clipNorm));
        }
        return clipValue == null ? options : options.withClipping(new GradientClipping.ByValue(clipValue));
    }

    /**
     * Adds the options that affect the epochs.
     *
     * @param images all training images, including those held out
     * @param rate the initial learning rate of the schedule
     */
    public FitOptions applyTo(FitOptions options, Dataset images, double rate) {
        FitOptions steered = options;
        if (validation > 0) {
            steered = steered.withValidation(images.skip(images.size() - validation));
        }
        if (!schedule.equals(ScheduleChoice.CONSTANT) || warmUp > 0) {
            int stepsPerEpoch = Math.ceilDiv(images.size() - validation, options.batchSize());
            steered = steered.withCallback(LearningRateScheduler.everyStep(
                    ScheduleChoice.parse(schedule).over(rate, stepsPerEpoch, scheduledEpochs, warmUp)));
        }
        Monitor monitor = validation > 0 ? Monitor.validationLoss() : Monitor.loss();
        if (reduceOnPlateau != null) {
            steered = steered.withCallback(ReduceLearningRateOnPlateau.after(reduceOnPlateau, monitor));
        }
        if (earlyStopping != null) {
            steered = steered.withCallback(
                    EarlyStopping.after(earlyStopping, monitor).restoringBest());
        }
        return steered;
    }

    private static String epochs(int patience) {
        return "after " + patience + (patience == 1 ? " epoch" : " epochs") + " without improvement";
    }

    /** The options in use, worded for a reader. */
    public Map<String, String> description() {
        Map<String, String> rows = new LinkedHashMap<>();
        if (!schedule.equals(ScheduleChoice.CONSTANT)) {
            rows.put("schedule", schedule);
        }
        if (warmUp > 0) {
            rows.put("warm-up", warmUp + (warmUp == 1 ? " step" : " steps"));
        }
        if (earlyStopping != null) {
            rows.put("early stopping", epochs(earlyStopping));
        }
        if (reduceOnPlateau != null) {
            rows.put("learning rate reduced", epochs(reduceOnPlateau));
        }
        if (clipNorm != null) {
            rows.put("gradients clipped", "to norm " + Numbers.shortest(clipNorm));
        }
        if (clipValue != null) {
            rows.put("gradients clipped", "to components of " + Numbers.shortest(clipValue));
        }
        if (zLoss > 0) {
            rows.put("weight of the z-loss", Numbers.shortest(zLoss));
        }
        if (validation > 0) {
            rows.put("held out for validation", validation + (validation == 1 ? " image" : " images"));
        }
        return rows;
    }
}
