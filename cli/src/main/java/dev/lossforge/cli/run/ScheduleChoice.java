package dev.lossforge.cli.run;

import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import java.util.List;

/**
 * A learning-rate schedule as text: {@code constant}, {@code cosine}, {@code cosine:LAST}, {@code exponential:FACTOR},
 * {@code step:FACTOR:EPOCHS}.
 *
 * @param factor the factor of the learning rate: over the whole training, per epoch, or at each step down
 * @param epochs the number of epochs between two steps down
 */
public record ScheduleChoice(Kind kind, double factor, int epochs) {
    /** The schedule that never changes the learning rate. */
    public static final String CONSTANT = "constant";

    private static final double COSINE_LAST = 0.01;

    /** The form of the schedule. */
    public enum Kind {
        CONSTANT,
        COSINE,
        EXPONENTIAL,
        STEP
    }

    /**
     * Parses a schedule.
     *
     * @throws IllegalArgumentException if it is invalid; the message is a clause that says why
     */
    public static ScheduleChoice parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        return switch (parts.getFirst() + "/" + (parts.size() - 1)) {
            case "constant/0" -> new ScheduleChoice(Kind.CONSTANT, 1, 0);
            case "cosine/0" -> new ScheduleChoice(Kind.COSINE, COSINE_LAST, 0);
            case "cosine/1" -> new ScheduleChoice(Kind.COSINE, factor(parts.get(1)), 0);
            case "exponential/1" -> new ScheduleChoice(Kind.EXPONENTIAL, factor(parts.get(1)), 0);
            case "step/2" -> new ScheduleChoice(Kind.STEP, factor(parts.get(1)), epochs(parts.get(2)));
            default ->
                throw new IllegalArgumentException("'" + text
                        + "' is none of constant, cosine, cosine:LAST, exponential:FACTOR, step:FACTOR:EPOCHS");
        };
    }

    private static double factor(String text) {
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0 && factor < 1) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException("its factor '" + text + "' is not a number above 0 and below 1");
    }

    private static int epochs(String text) {
        try {
            int epochs = Integer.parseInt(text);
            if (epochs >= 1) {
                return epochs;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException("its number of epochs '" + text + "' is not a whole number of at least 1");
    }

    /**
     * The schedule over the steps of a training.
     *
     * @param rate the initial learning rate
     * @param allEpochs the number of epochs of the training
     * @param warmUp the number of steps before the schedule in which the rate rises; 0 for none
     */
    public Schedule over(double rate, int stepsPerEpoch, int allEpochs, int warmUp) {
        long steps = Math.max(1, (long) stepsPerEpoch * allEpochs - warmUp);
        Schedule schedule = switch (kind) {
            case CONSTANT -> new Schedule.Constant(rate);
            case COSINE -> new Schedule.Cosine(rate, factor * rate, steps);
            case EXPONENTIAL -> new Schedule.Exponential(rate, factor, stepsPerEpoch);
            case STEP -> new Schedule.Step(rate, factor, (long) stepsPerEpoch * epochs);
        };
        return warmUp > 0 ? new Schedule.WarmUp(warmUp, schedule) : schedule;
    }
}
