package dev.lossforge.samples.lesson;

import dev.lossforge.samples.mnist.MnistData;
import java.io.IOException;

/** Where a sample gets digits from: MNIST where it can be had, else drawn ones. */
@FunctionalInterface
public interface DigitStock {

    /** The first {@code limit} training images, and all test images. */
    MnistData load(int limit) throws IOException;
}
