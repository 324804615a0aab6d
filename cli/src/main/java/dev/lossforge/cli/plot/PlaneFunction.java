package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A loss as a function of two numbers: of its two predictions, or of the two entries of its row of predictions. All
 * other inputs are fixed; of a row of targets, the first entry is 1.
 */
final class PlaneFunction {
    private final LossDescription description;
    private final LossFactory factory;
    private final PlotChoices choices;

    /** The loss and its two derivatives at some points, by point. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Samples(double[] values, double[] alongX, double[] alongY) {}

    private PlaneFunction(LossDescription description, LossFactory factory, PlotChoices choices) {
        this.description = description;
        this.factory = factory;
        this.choices = choices;
    }

    /** The function; empty if the loss is none of two numbers. */
    static Optional<PlaneFunction> of(LossDescription description, LossFactory factory, PlotChoices choices) {
        if (description.kind() != LossDescription.Kind.LOSS || !hasTwoNumbers(description)) {
            return Optional.empty();
        }
        PlaneFunction function = new PlaneFunction(description, factory, choices);
        try {
            function.at(new double[] {0.25}, new double[] {0.5});
            return Optional.of(function);
        } catch (LossforgeException | IndexOutOfBoundsException e) {
            return Optional.empty(); // of more than two numbers, or with requirements that fixed inputs do not meet
        }
    }

    private static boolean hasTwoNumbers(LossDescription description) {
        List<Input> predictions = description.predictions();
        return switch (description.scope()) {
            case ELEMENT -> predictions.size() == 2;
            case SAMPLE -> predictions.size() == 1 && predictions.getFirst().rank() == 1;
            case BATCH -> false;
        };
    }

    boolean isOfRow() {
        return description.scope() == LossDescription.Scope.SAMPLE;
    }

    /** The names of the two numbers. */
    List<String> axes() {
        String first = description.predictions().getFirst().name();
        return isOfRow()
                ? List.of(first + "[0]", first + "[1]")
                : List.of(first, description.predictions().get(1).name());
    }

    Input prediction(int axis) {
        return description.predictions().get(isOfRow() ? 0 : axis);
    }

    /** The fixed inputs, as in {@code label = 0}. */
    String fixed() {
        List<String> parts = new ArrayList<>();
        for (Input target : description.targets()) {
            parts.add(target.name() + " = " + (target.rank() == 1 ? "[1, 0]" : text(fixedValue(target))));
        }
        description.parameters().forEach(input -> parts.add(input.name() + " = " + text(value(input))));
        return String.join(", ", parts);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static double fixedValue(Input target) {
        return target.type().equals("int") ? 0 : SampledValues.base(target);
    }

    private double value(Input parameter) {
        return choices.values(parameter.name()).stream().findFirst().orElse(SampledValues.usual(parameter));
    }

    /** The samples at the points {@code (x[i], y[i])}. */
    Samples at(double[] x, double[] y) {
        int points = x.length;
        List<Data> inputs = new ArrayList<>();
        for (Input input : description.data()) {
            inputs.add(input.isPrediction() ? predictions(input, x, y) : fixed(input, points));
        }
        LossResult result = factory.loss(description, parameters())
                .valueAndGradients(LossInputs.of(inputs.toArray(Data[]::new)), Reduction.NONE);
        double[] values = doubles(Objects.requireNonNull(result.values()), 0, 1);
        if (isOfRow()) {
            Tensor gradient = result.gradient();
            return new Samples(values, doubles(gradient, 0, 2), doubles(gradient, 1, 2));
        }
        return new Samples(
                values, doubles(result.gradient(axes().get(0)), 0, 1), doubles(result.gradient(axes().get(1)), 0, 1));
    }

    private Data predictions(Input input, double[] x, double[] y) {
        Tensor tensor = isOfRow() ? Tensor.zeros(x.length, 2) : Tensor.zeros(x.length);
        for (int i = 0; i < x.length; i++) {
            if (isOfRow()) {
                tensor.array()[2 * i] = (float) x[i];
                tensor.array()[2 * i + 1] = (float) y[i];
            } else {
                tensor.array()[i] = (float) (input.name().equals(axes().getFirst()) ? x[i] : y[i]);
            }
        }
        return tensor;
    }

    private static Data fixed(Input input, int points) {
        boolean ofRow = input.rank() == 1;
        boolean whole = input.type().equals("int");
        int[] ints = new int[points * (ofRow ? 2 : 1)];
        float[] floats = new float[ints.length];
        for (int i = 0; i < ints.length; i++) {
            floats[i] = (float) (ofRow ? 1 - i % 2 : fixedValue(input));
            ints[i] = (int) floats[i];
        }
        int[] shape = ofRow ? new int[] {points, 2} : new int[] {points};
        return whole ? IntTensor.over(ints, shape) : Tensor.over(floats, shape);
    }

    private Map<String, Data> parameters() {
        Map<String, Data> parameters = new LinkedHashMap<>();
        for (Input input : description.parameters()) {
            float[] entries = new float[1 << input.rank()];
            Arrays.fill(entries, (float) value(input));
            int[] shape = new int[input.rank()];
            Arrays.fill(shape, 2);
            parameters.put(
                    input.name(),
                    input.type().equals("int")
                            ? IntTensor.over(new int[] {(int) entries[0]})
                            : Tensor.over(entries, shape));
        }
        return parameters;
    }

    private static double[] doubles(Tensor tensor, int first, int stride) {
        double[] doubles = new double[tensor.size() / stride];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = tensor.array()[first + i * stride];
        }
        return doubles;
    }
}
