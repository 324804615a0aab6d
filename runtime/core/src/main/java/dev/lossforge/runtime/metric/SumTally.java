package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tally that consists of a few weighted sums over the samples. */
abstract class SumTally implements Metric.Tally {
    final double[] sums;

    SumTally(int sums) {
        this.sums = new double[sums];
    }

    @Override
    public final void add(Tensor outputs, Data targets) {
        add(outputs, targets, null);
    }

    @Override
    public abstract void add(Tensor outputs, Data targets, @Nullable Tensor weights);

    @Override
    public final List<Double> state() {
        return Arrays.stream(sums).boxed().toList();
    }

    @Override
    public final void restore(List<Double> state) {
        if (state.size() != sums.length) {
            throw new ConfigurationException("The saved tally of a metric has " + state.size() + " numbers, not "
                    + sums.length + "; resume from another checkpoint.");
        }
        Arrays.setAll(sums, state::get);
    }
}
