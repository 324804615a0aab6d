package dev.lossforge.samples.s06_imbalanced;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * Digits that get rarer from class to class by a constant factor. The last class has a hundredth as many as the first
 * (a "long tail" as in Y. Cui et al., "Class-Balanced Loss Based on Effective Number of Samples", CVPR 2019).
 */
final class LongTail {
    private static final double RAREST = 0.01;

    private final Dataset dataset;
    private final int[] counts;

    private LongTail(Dataset dataset, int[] counts) {
        this.dataset = dataset;
        this.counts = counts;
    }

    /** The first images of each digit, as many as the scarcest of the ten allows. */
    static LongTail of(DigitSet digits) {
        int[] counts = counts(digits);
        int[] left = counts.clone();
        Dataset all = digits.toDataset();
        int total = Arrays.stream(counts).sum();
        Tensor images = Tensor.zeros(total, DigitSet.SIZE, DigitSet.SIZE, 1);
        int[] labels = new int[total];
        int taken = 0;
        for (int image = 0; image < digits.count(); image++) {
            int label = digits.label(image);
            if (left[label]-- > 0) {
                labels[taken] = label;
                System.arraycopy(
                        all.inputs().array(),
                        image * DigitSet.PIXELS,
                        images.array(),
                        taken * DigitSet.PIXELS,
                        DigitSet.PIXELS);
                taken++;
            }
        }
        return new LongTail(Dataset.of(images, IntTensor.vector(labels)), counts);
    }

    private static int[] counts(DigitSet digits) {
        int[] available = new int[DigitSet.CLASSES];
        for (int image = 0; image < digits.count(); image++) {
            available[digits.label(image)]++;
        }
        int max = Arrays.stream(available).min().orElseThrow();
        int[] counts = new int[DigitSet.CLASSES];
        Arrays.setAll(counts, digit -> (int) Math.max(1, Math.round(max * Math.pow(RAREST, digit / 9.0))));
        return counts;
    }

    Dataset dataset() {
        return dataset;
    }

    int size() {
        return dataset.size();
    }

    /** The number of images of each digit. */
    int[] counts() {
        return counts.clone();
    }

    /**
     * {@code size / (classes · count)} for each class. With these weights all classes count equally, and the average
     * weight is 1.
     */
    float[] balancingWeights() {
        float[] weights = new float[DigitSet.CLASSES];
        for (int digit = 0; digit < DigitSet.CLASSES; digit++) {
            weights[digit] = (float) size() / (DigitSet.CLASSES * counts[digit]);
        }
        return weights;
    }
}
