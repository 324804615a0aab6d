package dev.lossforge.cli;

import dev.lossforge.cli.run.ScheduleChoice;
import dev.lossforge.cli.run.Steering;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that control a training; {@code docs/training.md} describes them. */
final class SteeringOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULE",
            defaultValue = ScheduleChoice.CONSTANT,
            converter = ScheduleText.class,
            description =
                    "The learning-rate schedule: constant; cosine or cosine:LAST, down to LAST times the rate at the end"
                            + " (0.01 by default); exponential:FACTOR per epoch; step:FACTOR:EPOCHS, every EPOCHS epochs.")
    private String schedule;

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Raise the learning rate linearly over STEPS steps before the schedule starts.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--early-stopping",
            paramLabel = "EPOCHS",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Stop after EPOCHS epochs without improvement and restore the best weights.")
    private @Nullable Integer earlyStopping;

    @Option(
            names = "--reduce-on-plateau",
            paramLabel = "EPOCHS",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Divide the learning rate by ten after EPOCHS epochs without improvement.")
    private @Nullable Integer reduceOnPlateau;

    @Option(
            names = "--validation",
            paramLabel = "N",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Hold out the last N training images; improvement is then measured on them, otherwise by the"
                    + " training loss.")
    private @Nullable Integer validation;

    @Option(
            names = "--clip-norm",
            paramLabel = "NORM",
            converter = PositiveReal.class,
            showDefaultValue = Visibility.NEVER,
            description = "Scale all gradients down if their global norm is larger.")
    private @Nullable Double clipNorm;

    @Option(
            names = "--clip-value",
            paramLabel = "VALUE",
            converter = PositiveReal.class,
            showDefaultValue = Visibility.NEVER,
            description = "Clip every component of a gradient to [-VALUE, VALUE].")
    private @Nullable Double clipValue;

    @Option(
            names = "--z-loss",
            paramLabel = "WEIGHT",
            converter = PositiveReal.class,
            showDefaultValue = Visibility.NEVER,
            description =
                    "Add WEIGHT (such as 1e-4) times the square of the softmax normalizer's logarithm to the loss, and"
                            + " report both parts of the loss.")
    private @Nullable Double zLoss;

    /** Checks a schedule and keeps its text. */
    static final class ScheduleText implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                ScheduleChoice.parse(text);
                return text;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The steering of a training with this number of epochs. */
    Steering steering(int epochs) {
        if (clipNorm != null && clipValue != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Gradients are clipped by --clip-norm or by --clip-value; pass only one of them.");
        }
        boolean scheduled = !schedule.equals(ScheduleChoice.CONSTANT) || warmUp != null;
        if (scheduled && reduceOnPlateau != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A schedule would overwrite the rate that --reduce-on-plateau sets; pass only one of them.");
        }
        return new Steering(
                schedule,
                epochs,
                orZero(warmUp),
                earlyStopping,
                reduceOnPlateau,
                clipNorm,
                clipValue,
                zLoss == null ? 0 : zLoss,
                orZero(validation));
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
