package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses input values that show the character of a loss, based on the declared ranges and defaults. */
final class SampledValues {
    /** Half the width of the plot for an unbounded prediction. */
    private static final double REACH = 4;

    /** A smaller default is a guard against division by 0 and does not shape the loss. */
    private static final double MIN_SHAPING = 1e-3;

    private SampledValues() {}

    /** The ends of an axis. */
    record Axis(double from, double to) {}

    /** The range of a prediction to plot. */
    static Axis axis(Input prediction, double greatestTarget) {
        Double min = prediction.min();
        Double max = prediction.max();
        double reach = Math.max(REACH, 2 * greatestTarget);
        if (min != null && max != null) {
            return new Axis(min, max);
        }
        return min != null
                ? new Axis(min, min + reach)
                : max != null ? new Axis(max - reach, max) : new Axis(-reach, reach);
    }

    /** The fixed value of an input while another one varies. */
    static double base(Input input) {
        return input.min() != null && input.min() >= 0 ? Math.max(input.min(), 1) : clamp(input, 0);
    }

    /** The values of a target that get a curve each. */
    static List<Double> targets(Input target) {
        Double min = target.min();
        Double max = target.max();
        if (min != null && max != null) {
            return Stream.of(max, min).distinct().toList();
        }
        return min != null ? List.of(min, min + 1, min + 3) : List.of(1.0, 0.0);
    }

    /** The hyperparameter that shapes the loss: the first scalar that is not a guard. */
    static Optional<Input> shaping(LossDescription loss) {
        return loss.parameters().stream()
                .filter(p -> p.rank() == 0 && p.type().equals("float"))
                .filter(p ->
                        p.defaultValue() == null || p.defaultValue() == 0 || Math.abs(p.defaultValue()) >= MIN_SHAPING)
                .findFirst();
    }

    /** Some values of a shaping hyperparameter in ascending order, including its default. */
    static List<Double> values(Input parameter) {
        double usual = usual(parameter);
        DoubleStream around;
        if (parameter.min() != null && parameter.max() != null) {
            double width = parameter.max() - parameter.min();
            around = DoubleStream.of(parameter.min() + width / 10, parameter.max() - width / 10);
        } else {
            around = usual == 0 ? DoubleStream.of(0.5, 1) : DoubleStream.of(usual / 2, usual * 2);
        }
        TreeSet<Double> values = new TreeSet<>(List.of(usual));
        around.map(value -> clamp(parameter, value)).forEach(values::add);
        return List.copyOf(values);
    }

    /** The default, or a moderate value if there is none. */
    static double usual(Input parameter) {
        return parameter.defaultValue() != null ? parameter.defaultValue() : clamp(parameter, 1);
    }

    private static double clamp(Input input, double value) {
        return Math.min(bound(input.max(), Double.MAX_VALUE), Math.max(bound(input.min(), -Double.MAX_VALUE), value));
    }

    private static double bound(@Nullable Double bound, double otherwise) {
        return Objects.requireNonNullElse(bound, otherwise);
    }
}
