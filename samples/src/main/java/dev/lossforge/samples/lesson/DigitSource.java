package dev.lossforge.samples.lesson;

import dev.lossforge.digits.MnistData;
import java.io.IOException;

/** Where a sample gets digits from: MNIST where it can be had, else drawn ones. */
@FunctionalInterface
public interface DigitSource {

    /** The first {@code limit} training images, and all test images. */
    MnistData load(int limit) throws IOException;
}
