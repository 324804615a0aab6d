package dev.lossforge.runtime.metric;

/**
 * The share of samples whose largest output is at the correct class. Outputs are {@code [samples, classes]}, logits or
 * probabilities, of two classes or more; targets are class indices as ints {@code [samples]}, or one-hot rows as floats
 * {@code [samples, classes]}. Axes between these count more rows, as in {@code [samples, steps, classes]}. Of equal
 * largest outputs, the first counts; outputs with a NaN are wrong. A sample has the same weight as in the loss. For one
 * output that separates two classes, use {@link Metrics#binaryAccuracy}.
 */
public record Accuracy() implements Metric {
    /** The name under which accuracy is reported. */
    public static final String NAME = "accuracy";

    public static Accuracy ofClasses() {
        return new Accuracy();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Tally tally() {
        return new TopTally(NAME, 1);
    }
}
