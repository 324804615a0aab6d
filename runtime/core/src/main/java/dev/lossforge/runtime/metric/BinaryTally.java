package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Counts the entries above a threshold and the positive entries. A NaN is neither above the threshold nor correct. */
final class BinaryTally extends SumTally {
    private static final int TRUE_POSITIVES = 0;
    private static final int FALSE_POSITIVES = 1;
    private static final int FALSE_NEGATIVES = 2;
    private static final int TRUE_NEGATIVES = 3;
    private static final int NAN_NEGATIVES = 4;

    private final String name;
    private final double threshold;
    private final ToDoubleFunction<Counts> rate;

    /** Sums of weights; {@code wrongNegatives} are negatives whose output is NaN. */
    record Counts(
            double truePositives,
            double falsePositives,
            double falseNegatives,
            double trueNegatives,
            double wrongNegatives) {

        double accuracy() {
            return (truePositives + trueNegatives)
                    / (truePositives + falsePositives + falseNegatives + trueNegatives + wrongNegatives);
        }

        double precision() {
            return share(truePositives, truePositives + falsePositives);
        }

        double recall() {
            return share(truePositives, truePositives + falseNegatives);
        }

        double f1() {
            return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
        }

        private double share(double part, double all) {
            if (all > 0) {
                return part / all;
            }
            return trueNegatives + falseNegatives + falsePositives + wrongNegatives > 0 ? 0 : Double.NaN;
        }
    }

    BinaryTally(String name, double threshold, ToDoubleFunction<Counts> rate) {
        super(5);
        this.name = name;
        this.threshold = threshold;
        this.rate = rate;
    }

    @Override
    public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
        Values values = Values.of(name, outputs, targets, weights);
        for (int i = 0; i < values.size(); i++) {
            if (values.weight(i) != 0) {
                sums[cell(values.output(i), values.isPositive(name, i))] += values.weight(i);
            }
        }
    }

    private int cell(float output, boolean positive) {
        if (output > threshold) {
            return positive ? TRUE_POSITIVES : FALSE_POSITIVES;
        }
        if (positive) {
            return FALSE_NEGATIVES;
        }
        return Float.isNaN(output) ? NAN_NEGATIVES : TRUE_NEGATIVES;
    }

    @Override
    public double value() {
        return rate.applyAsDouble(new Counts(
                sums[TRUE_POSITIVES],
                sums[FALSE_POSITIVES],
                sums[FALSE_NEGATIVES],
                sums[TRUE_NEGATIVES],
                sums[NAN_NEGATIVES]));
    }
}
