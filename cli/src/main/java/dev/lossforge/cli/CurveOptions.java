package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.plot.PlotChoices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose which curves of a loss are drawn. */
final class CurveOptions {
    private static final int MAX_CURVES = 10;

    @Option(
            names = "--range",
            paramLabel = "FROM,TO",
            description = "The range of the prediction, as in --range=-2,5. If omitted, it follows from the loss.")
    private @Nullable String range;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUES",
            description = "A value of a hyperparameter, or several for a curve each, as in --param delta=0.5,1,2.")
    private List<String> parameters = new ArrayList<>();

    /**
     * Checks that nothing was chosen for a loss without pictures.
     *
     * @throws ArgumentException if something was
     */
    void requireNone(LossDescription loss) {
        if (range != null || !parameters.isEmpty()) {
            throw new ArgumentException(
                    loss.signature() + " has no picture that --range and --param could change;" + " leave them out.");
        }
    }

    /**
     * The choices for a loss.
     *
     * @throws ArgumentException if an option cannot be understood or does not fit the loss
     */
    PlotChoices of(LossDescription loss) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (String given : parameters) {
            int equals = given.indexOf('=');
            if (equals < 0) {
                throw new ArgumentException(
                        "--param takes NAME=VALUES, as in --param delta=0.5,1,2, but '" + given + "' is given.");
            }
            Input input = input(loss, given.substring(0, equals).strip());
            values.put(input.name(), numbers("--param " + input.name(), given.substring(equals + 1)));
        }
        requireOneFamily(values);
        return new PlotChoices(values, Optional.ofNullable(range).map(CurveOptions::range));
    }

    private static void requireOneFamily(Map<String, List<Double>> values) {
        List<String> families = values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (families.size() > 1) {
            throw new ArgumentException("Only one hyperparameter can have several values, but "
                    + String.join(" and ", families) + " have; give one of them a single value.");
        }
    }

    private static Input input(LossDescription loss, String name) {
        List<Input> scalars =
                loss.parameters().stream().filter(input -> input.rank() == 0).toList();
        return scalars.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ArgumentException(loss.signature() + " has no hyperparameter '" + name
                        + "' that is a number; it has "
                        + (scalars.isEmpty()
                                ? "none"
                                : String.join(
                                        ", ", scalars.stream().map(Input::name).toList()))
                        + "."));
    }

    private static PlotChoices.Range range(String text) {
        List<Double> ends = numbers("--range", text);
        if (ends.size() != 2 || !(ends.get(0) < ends.get(1))) {
            throw new ArgumentException(
                    "--range takes two numbers, the smaller first, as in --range=-2,5, but '" + text + "' is given.");
        }
        return new PlotChoices.Range(ends.get(0), ends.get(1));
    }

    private static List<Double> numbers(String option, String text) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            numbers.add(number(option, part.strip()));
        }
        if (numbers.size() > MAX_CURVES) {
            throw new ArgumentException(
                    option + " takes at most " + MAX_CURVES + " numbers, but " + numbers.size() + " are given.");
        }
        return List.copyOf(numbers);
    }

    private static double number(String option, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Math.abs(number) <= Float.MAX_VALUE) {
                return number;
            }
            if (!Double.isNaN(number)) {
                throw new ArgumentException(
                        option + " takes numbers that a 32-bit float can hold, but '" + text + "' is larger.");
            }
        } catch (NumberFormatException e) {
            // refused below, like NaN
        }
        throw new ArgumentException(option + " takes numbers separated by commas, but '" + text + "' is none.");
    }
}
