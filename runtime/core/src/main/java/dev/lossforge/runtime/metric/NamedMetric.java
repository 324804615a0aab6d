package dev.lossforge.runtime.metric;

import java.util.function.Function;

/** A metric whose tallies know its name, for their messages. */
record NamedMetric(String name, Function<String, Metric.Tally> tallies) implements Metric {
    @Override
    public Tally tally() {
        return tallies.apply(name);
    }
}
