package dev.lossforge.samples.s11_djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lossforge.digits.DigitSet;
import java.util.Random;

/**
 * Digits as arrays of the engine.
 *
 * @param manager the owner of the arrays
 * @param images {@code [images, 1, 28, 28]}, from 0 to 1
 * @param labels {@code [images]}, class indices as floats, as DJL's own datasets have them
 */
record DigitArrays(NDManager manager, NDArray images, NDArray labels) implements AutoCloseable {

    /** The digits, in their order. Of the labels, this share is replaced by that of another class, at random. */
    static DigitArrays of(DigitSet digits, double wrong) {
        Random random = new Random(1);
        float[] labels = new float[digits.count()];
        for (int i = 0; i < labels.length; i++) {
            boolean isWrong = random.nextDouble() < wrong;
            int shift = isWrong ? 1 + random.nextInt(DigitSet.CLASSES - 1) : 0;
            labels[i] = (digits.label(i) + shift) % DigitSet.CLASSES;
        }
        NDManager manager = NDManager.newBaseManager();
        NDArray images = manager.create(digits.toDataset().inputs().array(), shape(digits.count()));
        return new DigitArrays(manager, images, manager.create(labels));
    }

    /** The shape of images: one channel, before rows and columns. */
    static Shape shape(int images) {
        return new Shape(images, 1, DigitSet.SIZE, DigitSet.SIZE);
    }

    @Override
    public void close() {
        manager.close();
    }
}
