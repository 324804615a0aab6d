package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** R² of each column, and their mean. The targets' variance is added up around a running mean (West, 1979). */
final class DeterminationTally implements Metric.Tally {
    private static final String NAME = Metrics.R2;

    private final List<Column> columns = new ArrayList<>();

    private static final class Column {
        private double weight;
        private double mean;
        private double squares;
        private double residuals;
        private long samples;

        void add(double target, double output, double sampleWeight) {
            samples++;
            weight += sampleWeight;
            double difference = target - mean;
            mean += difference * sampleWeight / weight;
            squares += sampleWeight * difference * (target - mean);
            residuals += sampleWeight * (target - output) * (target - output);
        }

        double value() {
            if (samples < 2) {
                return Double.NaN;
            }
            if (squares > 0 || Double.isNaN(squares + residuals)) {
                return 1 - residuals / squares;
            }
            return residuals == 0 ? 1 : 0;
        }
    }

    @Override
    public void add(Tensor outputs, Data targets) {
        add(outputs, targets, null);
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        Values values = Values.of(NAME, outputs, targets, weights);
        int width = values.size() / outputs.samples();
        if (columns.isEmpty()) {
            for (int column = 0; column < width; column++) {
                columns.add(new Column());
            }
        }
        if (columns.size() != width) {
            throw new ShapeException("The metric '" + NAME + "' began with " + columns.size()
                    + " values per sample, but got outputs of the shape " + outputs.shape() + ".");
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.weight(i) != 0) {
                columns.get(i % width).add(values.target(i), values.output(i), values.weight(i));
            }
        }
    }

    @Override
    public double value() {
        return columns.stream().mapToDouble(Column::value).average().orElse(Double.NaN);
    }

    @Override
    public List<Double> state() {
        List<Double> state = new ArrayList<>();
        for (Column column : columns) {
            state.addAll(
                    List.of(column.weight, column.mean, column.squares, column.residuals, (double) column.samples));
        }
        return state;
    }

    @Override
    public void restore(List<Double> state) {
        if (state.size() % 5 != 0) {
            throw new ConfigurationException(
                    "The saved tally of '" + NAME + "' is incomplete; resume from another checkpoint.");
        }
        columns.clear();
        for (int from = 0; from < state.size(); from += 5) {
            Column column = new Column();
            column.weight = state.get(from);
            column.mean = state.get(from + 1);
            column.squares = state.get(from + 2);
            column.residuals = state.get(from + 3);
            column.samples = state.get(from + 4).longValue();
            columns.add(column);
        }
    }
}
