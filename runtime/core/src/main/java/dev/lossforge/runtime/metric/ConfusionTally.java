package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A function of the confusion matrix over the classes of the outputs. */
final class ConfusionTally implements Metric.Tally {
    private final String name;
    private final ToDoubleFunction<Metrics.Confusion> rate;
    private Metrics.@Nullable Confusion confusion;

    ConfusionTally(String name, ToDoubleFunction<Metrics.Confusion> rate) {
        this.name = name;
        this.rate = rate;
    }

    @Override
    public void add(Tensor outputs, Data targets) {
        add(outputs, targets, null);
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        ClassTargets.of(name, outputs, targets);
        if (confusion == null) {
            confusion = Metrics.confusion(outputs.shape().lastExtent());
        }
        confusion.add(outputs, targets, weights);
    }

    @Override
    public double value() {
        return confusion == null ? Double.NaN : rate.applyAsDouble(confusion);
    }

    @Override
    public List<Double> state() {
        return confusion == null ? List.of() : confusion.state();
    }

    @Override
    public void restore(List<Double> state) {
        // The matrix has one more column than rows, for outputs that are NaN.
        int classes = (int) Math.round((Math.sqrt(1 + 4.0 * state.size()) - 1) / 2);
        if (classes * (classes + 1) != state.size()) {
            throw new ConfigurationException(
                    "The saved tally of '" + name + "' is incomplete; resume from another checkpoint.");
        }
        confusion = state.isEmpty() ? null : Metrics.confusion(classes);
        if (confusion != null) {
            confusion.restore(state);
        }
    }

    /** The mean of a rate over all classes that occur, among the targets or the predictions. */
    static double macro(Metrics.Confusion confusion, IntToDoubleFunction ofClass) {
        return IntStream.range(0, confusion.classes())
                .filter(confusion::occurs)
                .mapToDouble(ofClass)
                .average()
                .orElse(Double.NaN);
    }
}
