package dev.lossforge.runtime.metric;

import java.util.Optional;

/** A metric of one of a model's outputs. */
record PlacedMetric(Metric metric, String outputName, String targetName) implements Metric {

    @Override
    public String name() {
        return outputName + " " + metric.name();
    }

    @Override
    public Tally tally() {
        return metric.tally();
    }

    @Override
    public Optional<String> output() {
        return Optional.of(outputName);
    }

    @Override
    public Optional<String> target() {
        return Optional.of(targetName);
    }
}
