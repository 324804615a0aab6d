package dev.lossforge.runtime.internal.report;

import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.internal.chart.ClassNames;
import dev.lossforge.runtime.internal.chart.ClassRatesChart;
import dev.lossforge.runtime.internal.chart.ConfidenceChart;
import dev.lossforge.runtime.internal.chart.Confidences;
import dev.lossforge.runtime.internal.chart.ConfusionChart;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.internal.chart.ReliabilityChart;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a classifier's predictions for samples of known classes, batch by batch, and draws them. */
public final class ClassPictures {
    /** Maximum number of classes for a readable matrix. */
    private static final int MAX_IN_MATRIX = 20;

    private final ClassNames names;
    private final int[][] counts;
    private final Confidences confidences = new Confidences();

    /** @param classes the names of two classes or more */
    public ClassPictures(List<String> classes) {
        this.names = new ClassNames("class", classes);
        this.counts = new int[classes.size()][classes.size()];
    }

    /** Whether the output of this shape for one sample can distinguish this number of classes. */
    public static boolean fits(Shape output, int classes) {
        int values = output.size();
        return values == classes || (values == 1 && classes == 2);
    }

    /**
     * Adds a batch.
     *
     * @param logits {@code [samples, classes]}, or one per sample for two classes
     * @param targets indices, one-hot rows or, with one logit, 0 and 1
     * @param weights the samples' weights; samples of weight 0 are left out
     */
    public void add(Tensor logits, Data targets, @Nullable Tensor weights) {
        for (int sample = 0; sample < logits.samples(); sample++) {
            int label = label(targets, sample, logits.samples());
            boolean counts = weights == null || weights.array()[sample * (weights.size() / logits.samples())] != 0;
            if (counts && label >= 0 && label < names.names().size()) {
                add(logits, sample, label);
            }
        }
    }

    private static int label(Data targets, int sample, int samples) {
        if (targets.shape().size() % samples != 0) {
            throw new DataException("Targets of shape " + targets.shape() + " are no classes of " + samples
                    + " samples; a report takes one index or a one-hot row for each.");
        }
        int width = targets.shape().size() / samples;
        return switch (targets) {
            case IntTensor indices -> width == 1 ? indices.array()[sample] : -1;
            case Tensor values when width == 1 -> Math.round(values.array()[sample]);
            case Tensor rows -> largest(rows.array(), sample * width, width);
        };
    }

    private void add(Tensor logits, int sample, int label) {
        int width = logits.size() / logits.samples();
        if (width == 1) {
            float logit = logits.array()[sample];
            add(label, logit > 0 ? 1 : 0, 1 / (1 + Math.exp(-Math.abs(logit))));
        } else {
            int from = sample * width;
            int predicted = largest(logits.array(), from, width);
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                sum += Math.exp(logits.array()[i] - logits.array()[from + predicted]);
            }
            add(label, predicted, 1 / sum);
        }
    }

    /** Adds a prediction, unless its confidence is NaN. */
    private void add(int label, int predicted, double confidence) {
        if (!Double.isNaN(confidence)) {
            counts[label][predicted]++;
            confidences.add(confidence, label == predicted);
        }
    }

    private static int largest(float[] values, int from, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }

    /** The pictures: always an even number, because they are shown in pairs. */
    public List<Picture> pictures() {
        List<Picture> pictures = new ArrayList<>();
        if (counts.length <= MAX_IN_MATRIX) {
            pictures.add(new ConfusionChart(counts, names).picture("confusion"));
            pictures.add(new ClassRatesChart(counts, names).picture("rates"));
        }
        pictures.add(new ReliabilityChart(confidences).picture("reliability"));
        pictures.add(new ConfidenceChart(confidences).picture("confidence"));
        return pictures;
    }
}
