package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of the mean of a function of the errors, over all entries. */
final class ErrorTally extends SumTally {
    private final String name;
    private final DoubleUnaryOperator ofError;
    private final DoubleUnaryOperator ofMean;

    ErrorTally(String name, DoubleUnaryOperator ofError, DoubleUnaryOperator ofMean) {
        super(2);
        this.name = name;
        this.ofError = ofError;
        this.ofMean = ofMean;
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        Values values = Values.of(name, outputs, targets, weights);
        for (int i = 0; i < values.size(); i++) {
            double weight = values.weight(i);
            if (weight != 0) {
                sums[0] += weight * ofError.applyAsDouble(values.output(i) - values.target(i));
                sums[1] += weight;
            }
        }
    }

    @Override
    public double value() {
        return ofMean.applyAsDouble(sums[0] / sums[1]);
    }
}
