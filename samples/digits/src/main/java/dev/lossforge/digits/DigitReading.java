package dev.lossforge.digits;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model's reading of the digits of a set: correct or wrong, one by one, and its confidence. */
public final class DigitReading {
    private final DigitSet digits;
    private final int[] predicted;

    /** {@code [digits, classes]}. */
    private final float[] probabilities;

    /**
     * A digit that was misread.
     *
     * @param gray its pixels, row by row
     * @param caption its reading and its class
     * @param note the model's confidence in both
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Mistake(byte[] gray, String caption, String note) {}

    private DigitReading(DigitSet digits, int[] predicted, float[] probabilities) {
        this.digits = digits;
        this.predicted = predicted;
        this.probabilities = probabilities;
    }

    /** Lets the model read all digits; {@code dataset} holds the same as {@code digits}. */
    public static DigitReading of(Sequential model, DigitSet digits, Dataset dataset) {
        Tensor logits = model.predict(dataset.inputs());
        return new DigitReading(
                digits, logits.argMax().array(), Probabilities.of(logits).array());
    }

    /** One line with the share of each class's digits that were read correctly. */
    public String accuracies() {
        int[][] counts = confusion();
        return IntStream.range(0, DigitSet.CLASSES)
                .filter(label -> total(counts[label]) > 0)
                .mapToObj(label -> String.format(
                        Locale.ROOT, "%d: %.3f", label, (double) counts[label][label] / total(counts[label])))
                .collect(Collectors.joining("  ", "recall  ", ""));
    }

    /** For each class, the share of its digits that were read correctly; NaN for a class without digits. */
    public double[] recalls() {
        int[][] counts = confusion();
        return IntStream.range(0, DigitSet.CLASSES)
                .mapToDouble(label -> (double) counts[label][label] / total(counts[label]))
                .toArray();
    }

    private static int total(int[] counts) {
        return IntStream.of(counts).sum();
    }

    /** The number of digits by class and predicted class: {@code [class][predicted]}. */
    public int[][] confusion() {
        int[][] counts = new int[DigitSet.CLASSES][DigitSet.CLASSES];
        for (int image = 0; image < predicted.length; image++) {
            // A prediction of NaN belongs to no class.
            if (predicted[image] >= 0) {
                counts[digits.label(image)][predicted[image]]++;
            }
        }
        return counts;
    }

    /** Receives the confidence of a prediction, as a probability, and whether the prediction is correct. */
    @FunctionalInterface
    public interface ConfidenceReader {
        void accept(double confidence, boolean isRight);
    }

    /** Passes every prediction to the reader, except those with a probability of NaN. */
    public void forEachConfidence(ConfidenceReader reader) {
        for (int image = 0; image < predicted.length; image++) {
            float confidence = probability(image, predicted[image]);
            if (!Float.isNaN(confidence)) {
                reader.accept(confidence, isRight(image));
            }
        }
    }

    /** The number of misread digits. */
    public int mistakes() {
        return (int) IntStream.range(0, predicted.length)
                .filter(image -> !isRight(image))
                .count();
    }

    private boolean isRight(int image) {
        return predicted[image] == digits.label(image);
    }

    /** The misread digits whose class got the smallest probability, worst first; at most {@code max}. */
    public List<Mistake> worst(int max) {
        return IntStream.range(0, predicted.length)
                .filter(image -> !isRight(image))
                .boxed()
                .sorted(Comparator.comparingDouble(image -> probability(image, digits.label(image))))
                .limit(max)
                .map(this::entry)
                .toList();
    }

    private float probability(int image, int digit) {
        return digit < 0 ? Float.NaN : probabilities[image * DigitSet.CLASSES + digit];
    }

    private Mistake entry(int image) {
        int label = digits.label(image);
        String read = predicted[image] < 0 ? "NaN" : "" + predicted[image];
        String note = String.format(
                Locale.ROOT,
                "%s:\u00a0%.0f\u00a0%%, %d:\u00a0%.0f\u00a0%%",
                read,
                100 * probability(image, predicted[image]),
                label,
                100 * probability(image, label));
        return new Mistake(gray(image), "read " + read + ", is " + label, note);
    }

    private byte[] gray(int image) {
        byte[] gray = new byte[DigitSet.PIXELS];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) digits.pixel(image, i / DigitSet.SIZE, i % DigitSet.SIZE);
        }
        return gray;
    }
}
