package dev.lossforge.samples.lesson;

import dev.lossforge.digits.MnistData;
import java.io.IOException;

/** The source of a sample's digits: MNIST if available, otherwise generated digits. */
@FunctionalInterface
public interface DigitSource {

    /** The first {@code limit} training images, and all test images. */
    MnistData load(int limit) throws IOException;
}
