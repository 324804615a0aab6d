package dev.lossforge.samples.mnist;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.model.Sequential;

/** The network: three convolutions and two dense layers, from images {@code [28, 28, 1]} to logits {@code [10]}. */
public final class MnistCnn {
    private MnistCnn() {}

    /** The network with the initial weights of this seed. */
    public static Sequential build(long seed) {
        return Sequential.builder()
                .input(DigitSet.SIZE, DigitSet.SIZE, 1)
                .add(Conv2D.of(32, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(Flatten.of())
                .add(Dense.of(64, Activation.RELU))
                .add(Dense.of(DigitSet.CLASSES))
                .seed(seed)
                .build();
    }
}
