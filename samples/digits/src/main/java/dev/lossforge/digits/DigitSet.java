package dev.lossforge.digits;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * Labelled digits as published: {@value #SIZE}×{@value #SIZE} pixels of one unsigned byte each, and a class below
 * {@value #CLASSES} per image.
 */
public final class DigitSet {
    /** The number of rows, and of columns, of an image. */
    public static final int SIZE = 28;

    /** The number of pixels of an image. */
    public static final int PIXELS = SIZE * SIZE;

    /** The number of classes. */
    public static final int CLASSES = 10;

    private final byte[] pixels;
    private final byte[] labels;

    /** @param pixels {@code [images, SIZE, SIZE]}; both arrays become the set's own */
    DigitSet(byte[] pixels, byte[] labels) {
        if (pixels.length != labels.length * PIXELS) {
            throw new IllegalArgumentException("%d pixels for %d labels".formatted(pixels.length, labels.length));
        }
        this.pixels = pixels;
        this.labels = labels;
    }

    /** The number of images. */
    public int count() {
        return labels.length;
    }

    /** The class of an image. */
    public int label(int image) {
        return labels[image];
    }

    /** The intensity of a pixel, 0 (paper) to 255 (ink). */
    public int pixel(int image, int row, int column) {
        return Byte.toUnsignedInt(pixels[image * PIXELS + row * SIZE + column]);
    }

    /** Images {@code [count, SIZE, SIZE, 1]}, with pixels divided by 255, and their classes {@code [count]}. */
    public Dataset toDataset() {
        float[] intensities = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            intensities[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
        }
        int[] classes = new int[labels.length];
        Arrays.setAll(classes, image -> labels[image]);
        return Dataset.of(Tensor.over(intensities, count(), SIZE, SIZE, 1), IntTensor.over(classes, count()));
    }

    /** The first {@code limit} images, or all if there are fewer. */
    public DigitSet first(int limit) {
        return limit >= count()
                ? this
                : new DigitSet(Arrays.copyOf(pixels, limit * PIXELS), Arrays.copyOf(labels, limit));
    }
}
