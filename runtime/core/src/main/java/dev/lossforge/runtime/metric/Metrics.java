package dev.lossforge.runtime.metric;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Metrics to compile a model with. All are exact over the samples of an epoch or an evaluation, whatever the batches.
 * What a mask leaves out or has the weight 0 does not count; everything else has the same weight as in the loss.
 * Definitions are those of scikit-learn, except that an undefined metric is NaN.
 *
 * <p><em>Binary</em> metrics take one output for each target. The target is 1 for the positive class and 0 or −1 for
 * the other. An output above the threshold predicts the positive class. The threshold is 0 for logits and 0.5 for
 * probabilities. With several outputs per sample, each entry counts.
 */
public final class Metrics {
    /** The name under which {@link #accuracy} is reported. */
    public static final String ACCURACY = "accuracy";

    static final String R2 = "r2";

    private Metrics() {}

    /**
     * The share of samples whose largest output is at the correct class. Outputs are {@code [samples, classes]}, logits
     * or probabilities, of two classes or more; targets are class indices as ints {@code [samples]}, or one-hot rows as
     * floats {@code [samples, classes]}. Axes between these count more rows, as in {@code [samples, steps, classes]}.
     * Of equal largest outputs, the first counts; outputs with a NaN are wrong. For one output that separates two
     * classes, use {@link #binaryAccuracy}.
     */
    public static Metric accuracy() {
        return new NamedMetric(ACCURACY, name -> new TopTally(name, 1));
    }

    /** The share of outputs on the right side of the threshold. A NaN is wrong. */
    public static Metric binaryAccuracy(double threshold) {
        requireThreshold(threshold);
        return new NamedMetric(
                "binary accuracy", name -> new BinaryTally(name, threshold, BinaryTally.Counts::accuracy));
    }

    /** The share of predicted positives that are positive; 0 if there are none. */
    public static Metric precision(double threshold) {
        requireThreshold(threshold);
        return new NamedMetric("precision", name -> new BinaryTally(name, threshold, BinaryTally.Counts::precision));
    }

    /** The share of positives that are predicted to be positive; 0 if there are none. */
    public static Metric recall(double threshold) {
        requireThreshold(threshold);
        return new NamedMetric("recall", name -> new BinaryTally(name, threshold, BinaryTally.Counts::recall));
    }

    /** The harmonic mean of precision and recall; 0 if nothing is positive or predicted to be positive. */
    public static Metric f1(double threshold) {
        requireThreshold(threshold);
        return new NamedMetric("f1", name -> new BinaryTally(name, threshold, BinaryTally.Counts::f1));
    }

    /**
     * The area under the ROC curve: the share of pairs of a positive and a negative in which the positive has the
     * higher output, ties counting half. Outputs are scores of any scale, or two per sample for class indices. It keeps
     * eight bytes per output and is computed once per epoch. It is NaN within an epoch, with only one class, or with an
     * output of NaN.
     */
    public static Metric auc() {
        return new NamedMetric("auc", name -> new RankingTally(name, new RankingTally.PairsInOrder()));
    }

    /**
     * The area under the precision-recall curve as a sum of steps, without interpolation: the mean of the precisions at
     * the outputs of the positives. Otherwise as {@link #auc}.
     */
    public static Metric averagePrecision() {
        return new NamedMetric("average precision", name -> new RankingTally(name, new RankingTally.MeanPrecision()));
    }

    /** The mean of |output − target| over all entries. */
    public static Metric meanAbsoluteError() {
        return new NamedMetric(
                "mean absolute error", name -> new ErrorTally(name, Math::abs, DoubleUnaryOperator.identity()));
    }

    /** The root of the mean of (output − target)² over all entries. */
    public static Metric rootMeanSquaredError() {
        return new NamedMetric(
                "root mean squared error", name -> new ErrorTally(name, error -> error * error, Math::sqrt));
    }

    /**
     * The coefficient of determination R²: 1 − Σ(target − output)² / Σ(target − mean)². With several outputs per
     * sample, it is the mean over them. If all targets are equal, it is 1 if all outputs are correct, and 0 otherwise.
     */
    public static Metric r2() {
        return new NamedMetric(R2, name -> new DeterminationTally());
    }

    /** The share of samples whose class has one of the k largest outputs. Of equal outputs, the first counts. */
    public static Metric topAccuracy(int k) {
        if (k < 1) {
            throw new ConfigurationException("A class is among the k largest of at least 1, but k is " + k + ".");
        }
        return new NamedMetric("top-" + k + " accuracy", name -> new TopTally(name, k));
    }

    /** The mean precision over the classes: of the samples predicted to be of a class, the share that is. */
    public static Metric macroPrecision() {
        return new NamedMetric(
                "macro precision",
                name -> new ConfusionTally(name, counts -> ConfusionTally.macro(counts, counts::precision)));
    }

    /** The mean recall over the classes: of the samples of a class, the share that is predicted to be of that class. */
    public static Metric macroRecall() {
        return new NamedMetric(
                "macro recall",
                name -> new ConfusionTally(name, counts -> ConfusionTally.macro(counts, counts::recall)));
    }

    /** The mean over the classes of their F1. */
    public static Metric macroF1() {
        return new NamedMetric(
                "macro f1", name -> new ConfusionTally(name, counts -> ConfusionTally.macro(counts, counts::f1)));
    }

    /**
     * The expected calibration error of Guo et al., "On Calibration of Modern Neural Networks" (2017): how far the
     * confidence of predictions differs from the share of correct ones, in bins of equal width. Outputs are logits, one
     * per class, or one for two classes.
     *
     * @param bins the number of bins, such as 15
     */
    public static Metric calibrationError(int bins) {
        if (bins < 1) {
            throw new ConfigurationException("A calibration error has at least 1 bin, but " + bins + " are given.");
        }
        return new NamedMetric("calibration error", name -> new CalibrationTally(name, bins));
    }

    /** An empty confusion matrix, to which predictions are added. */
    public static Confusion confusion(int classes) {
        return new Confusion(classes);
    }

    /** The weights of samples by their class and their predicted class. */
    public static final class Confusion {
        private final int classes;

        /** Counts by class and prediction; the last prediction stands for outputs with a NaN. */
        private final double[] counts;

        private Confusion(int classes) {
            this.classes = classes;
            this.counts = new double[classes * (classes + 1)];
        }

        /** Adds samples that count equally; see {@link #accuracy} for outputs and targets. */
        public void add(Tensor outputs, Data targets) {
            add(outputs, targets, null);
        }

        /** Adds samples with these weights; null if all samples count equally. */
        public void add(Tensor outputs, Data targets, @Nullable Tensor weights) {
            int[] labels = ClassTargets.within("confusion", outputs, targets, weights, classes);
            EntryWeights ofLabels = ClassTargets.weights("confusion", outputs, weights);
            int[] predicted = outputs.argMax().array();
            for (int i = 0; i < labels.length; i++) {
                double weight = ofLabels.of(i);
                if (weight != 0) {
                    counts[labels[i] * (classes + 1) + (predicted[i] < 0 ? classes : predicted[i])] += weight;
                }
            }
        }

        /** The number of classes. */
        public int classes() {
            return classes;
        }

        /** The weight of the samples of one class that were predicted to be of another, or of the same. */
        public double count(int ofClass, int predicted) {
            return counts[ofClass * (classes + 1) + predicted];
        }

        /** The share of samples predicted to be of this class that are; 0 if there are none. */
        public double precision(int ofClass) {
            return share(count(ofClass, ofClass), predicted(ofClass));
        }

        /** The share of samples of this class that are predicted to be of it; 0 if there are none. */
        public double recall(int ofClass) {
            return share(count(ofClass, ofClass), actual(ofClass));
        }

        /** The harmonic mean of precision and recall. */
        public double f1(int ofClass) {
            return share(2 * count(ofClass, ofClass), actual(ofClass) + predicted(ofClass));
        }

        boolean occurs(int ofClass) {
            return actual(ofClass) + predicted(ofClass) > 0;
        }

        private double actual(int ofClass) {
            double sum = 0;
            for (int predicted = 0; predicted <= classes; predicted++) {
                sum += count(ofClass, predicted);
            }
            return sum;
        }

        private double predicted(int ofClass) {
            double sum = 0;
            for (int actual = 0; actual < classes; actual++) {
                sum += count(actual, ofClass);
            }
            return sum;
        }

        private static double share(double part, double all) {
            return all > 0 ? part / all : 0;
        }

        List<Double> state() {
            return Arrays.stream(counts).boxed().toList();
        }

        void restore(List<Double> state) {
            Arrays.setAll(counts, state::get);
        }
    }

    private static void requireThreshold(double threshold) {
        if (Double.isNaN(threshold)) {
            throw new ConfigurationException("A threshold divides outputs, so it is not NaN; 0 divides logits.");
        }
    }
}
