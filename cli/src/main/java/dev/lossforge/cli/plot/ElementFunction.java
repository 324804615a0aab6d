package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A loss or regularizer on single numbers, with fixed hyperparameters, as a function of one of its predictions. */
final class ElementFunction {
    private final LossDescription description;
    private final Map<String, Data> parameters;
    private final LossFactory factory;

    /** Values and first derivatives at some points. */
    record Samples(List<Double> values, List<Double> gradients) {}

    ElementFunction(LossDescription description, Map<String, Data> parameters, LossFactory factory) {
        this.description = description;
        this.parameters = parameters;
        this.factory = factory;
    }

    /** The function of {@code prediction} at {@code points}, with all other inputs fixed. */
    Samples at(String prediction, List<Double> points, Map<String, Double> others) {
        return description.kind() == LossDescription.Kind.REGULARIZER
                ? penalties(factory.regularizer(description, parameters), points)
                : losses(factory.loss(description, parameters), prediction, points, others);
    }

    private Samples losses(LossFunction loss, String prediction, List<Double> points, Map<String, Double> others) {
        List<Data> inputs = new ArrayList<>();
        for (Input input : description.data()) {
            inputs.add(data(
                    input,
                    input.name().equals(prediction)
                            ? points
                            : Collections.nCopies(points.size(), Objects.requireNonNull(others.get(input.name())))));
        }
        LossResult result = loss.valueAndGradients(LossInputs.of(inputs.toArray(Data[]::new)), Reduction.NONE);
        Tensor values = Objects.requireNonNull(result.values());
        Tensor gradient = Objects.requireNonNull(result.gradients().get(prediction));
        return new Samples(doubles(values), doubles(gradient));
    }

    private static Samples penalties(PenaltyFunction penalty, List<Double> points) {
        List<Double> values = new ArrayList<>();
        List<Double> gradients = new ArrayList<>();
        for (double point : points) {
            Tensor gradient = Tensor.zeros(1);
            values.add(penalty.addGradient(Tensor.vector((float) point), 1, gradient));
            gradients.add((double) gradient.item());
        }
        return new Samples(values, gradients);
    }

    private static Data data(Input input, List<Double> values) {
        if (input.type().equals("int")) {
            return IntTensor.vector(values.stream().mapToInt(Double::intValue).toArray());
        }
        Tensor tensor = Tensor.zeros(values.size());
        for (int i = 0; i < values.size(); i++) {
            tensor.array()[i] = values.get(i).floatValue();
        }
        return tensor;
    }

    private static List<Double> doubles(Tensor tensor) {
        List<Double> doubles = new ArrayList<>(tensor.size());
        for (float value : tensor.array()) {
            doubles.add((double) value);
        }
        return doubles;
    }
}
