package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.cli.plot.ElementFunction.Samples;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The curves that show the character of a loss on single numbers. There is one colour per target, or per prediction if
 * there are several, and one stroke per value of the hyperparameter that shapes the loss. If the user chose its values,
 * each has a colour, and targets and predictions have strokes.
 */
final class LossCurves {
    /** A curve with values this large at most of its points would flatten all others. */
    private static final double OFF_THE_CHART = 1e4;

    private final LossDescription loss;
    private final LossFactory factory;
    private final PlotChoices choices;

    LossCurves(LossDescription loss, LossFactory factory, PlotChoices choices) {
        this.loss = loss;
        this.factory = factory;
        this.choices = choices;
    }

    List<Curve> all() {
        Optional<Input> shaping = shaping();
        List<Double> shapes = shaping.map(this::shapes).orElse(List.of(Double.NaN));
        List<Map<String, Double>> targets = targets();
        List<Curve> curves = new ArrayList<>();
        int colours = 0;
        for (Input prediction : loss.predictions()) {
            SampledValues.Axis axis = choices.range()
                    .map(range -> new SampledValues.Axis(range.from(), range.to()))
                    .orElse(SampledValues.axis(prediction, max(targets)));
            for (Map<String, Double> fixed : targets) {
                Map<String, Double> others = new LinkedHashMap<>(fixed);
                loss.predictions().stream()
                        .filter(p -> p != prediction)
                        .forEach(p -> others.put(p.name(), SampledValues.base(p)));
                int number = 0;
                for (double shape : shapes) {
                    String name = name(prediction, others, shaping, shape);
                    ElementFunction function = new ElementFunction(loss, parameters(shaping, shape), factory);
                    boolean ofUser = choices.family().isPresent();
                    curves.add(new CurveSampler(function, prediction.name(), others)
                            .sample(name, ofUser ? number : colours, ofUser ? colours : number, axis));
                    number++;
                }
                colours++;
            }
        }
        return readable(curves);
    }

    /** The hyperparameter whose values get a curve each. */
    private Optional<Input> shaping() {
        return choices.family().isEmpty()
                ? SampledValues.shaping(loss)
                : loss.parameters().stream()
                        .filter(input -> input.name().equals(choices.family().get()))
                        .findFirst();
    }

    /** The user's values, or some with the default first, which gets the solid line. */
    private List<Double> shapes(Input input) {
        List<Double> chosen = choices.values(input.name());
        if (!chosen.isEmpty()) {
            return chosen;
        }
        List<Double> sorted = new ArrayList<>(SampledValues.values(input));
        double usual = SampledValues.usual(input);
        sorted.remove(usual);
        sorted.addFirst(usual);
        return sorted;
    }

    private static double max(List<Map<String, Double>> targets) {
        return targets.stream()
                .flatMap(t -> t.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    /** The target values, one per curve. There is only one if the loss depends only on the distance from the target. */
    private List<Map<String, Double>> targets() {
        List<Input> targets = loss.targets();
        if (targets.isEmpty()) {
            return List.of(Map.of());
        }
        if (targets.size() > 1 || countsOnlyDistance()) {
            Map<String, Double> origin = new LinkedHashMap<>();
            targets.forEach(t -> origin.put(t.name(), targets.size() > 1 ? SampledValues.base(t) : 0));
            return List.of(origin);
        }
        Input target = targets.getFirst();
        return SampledValues.targets(target).stream()
                .map(y -> Map.of(target.name(), y))
                .toList();
    }

    private boolean countsOnlyDistance() {
        if (loss.predictions().size() > 1 || loss.targets().getFirst().type().equals("int")) {
            return false;
        }
        ElementFunction function = new ElementFunction(loss, parameters(Optional.empty(), Double.NaN), factory);
        String prediction = loss.predictions().getFirst().name();
        String target = loss.targets().getFirst().name();
        Samples samples = function.at(prediction, List.of(-1.25, 0.5, 2.0), Map.of(target, 0.25));
        Samples shifted = function.at(prediction, List.of(-0.75, 1.0, 2.5), Map.of(target, 0.75));
        return isClose(samples.values(), shifted.values()) && isClose(samples.gradients(), shifted.gradients());
    }

    private static boolean isClose(List<Double> some, List<Double> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!(Math.abs(some.get(i) - others.get(i)) <= 1e-5 * (1 + Math.abs(some.get(i))))) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Data> parameters(Optional<Input> shaping, double shape) {
        Map<String, Data> parameters = new LinkedHashMap<>();
        for (Input input : loss.parameters()) {
            boolean varies = shaping.filter(input::equals).isPresent();
            double fixed = choices.values(input.name()).stream().findFirst().orElse(SampledValues.usual(input));
            double value = varies ? shape : fixed;
            parameters.put(input.name(), constant(input, value));
        }
        return parameters;
    }

    private static Data constant(Input input, double value) {
        if (input.type().equals("int")) {
            return input.rank() == 0 ? IntTensor.over(new int[] {(int) value}) : IntTensor.vector((int) value);
        }
        int[] ones = new int[input.rank()];
        Arrays.fill(ones, 1);
        return Tensor.over(new float[] {(float) value}, ones);
    }

    private String name(Input prediction, Map<String, Double> fixed, Optional<Input> shaping, double shape) {
        List<String> parts = new ArrayList<>();
        if (loss.predictions().size() > 1) {
            parts.add("over " + prediction.name());
        }
        fixed.forEach((input, value) -> parts.add(input + " = " + number(value)));
        choices.parameters().forEach((input, values) -> {
            if (shaping.filter(varied -> varied.name().equals(input)).isEmpty()) {
                parts.add(input + " = " + number(values.getFirst()));
            }
        });
        shaping.ifPresent(input -> parts.add(input.name() + " = " + number(shape)));
        return parts.isEmpty() ? loss.name() : String.join(", ", parts);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains("e") ? text : text.replaceAll("\\.?0+$", "").replace("-", "−");
    }

    /** The curves without those that are off the chart or nowhere finite. If no others remain, all are kept. */
    private static List<Curve> readable(List<Curve> curves) {
        List<Curve> readable = curves.stream()
                .filter(c -> c.values().stream()
                                .filter(v -> Math.abs(v) < OFF_THE_CHART)
                                .count()
                        > c.values().size() / 2)
                .toList();
        return readable.isEmpty() ? curves : readable;
    }
}
