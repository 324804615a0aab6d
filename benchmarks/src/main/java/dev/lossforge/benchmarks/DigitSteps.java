package dev.lossforge.benchmarks;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What is timed as a training step: the network of the MNIST sample, and batches for it. */
public final class DigitSteps {
    private static final int PIXELS = 28 * 28;

    private DigitSteps() {}

    /** From images {@code [28, 28, 1]} to logits {@code [10]}. */
    public static Architecture network() {
        return Architecture.input(28, 28, 1)
                .add(Conv2D.of(32, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Conv2D.of(64, 3, Activation.RELU))
                .add(Flatten.of())
                .add(Dense.of(64, Activation.RELU))
                .add(Dense.of(10))
                .build();
    }

    /** Ten random prototypes under random noise: something to learn, so that the gradients stay those of training. */
    public static List<Batch> batches(int count, int batchSize) {
        SplittableRandom random = new SplittableRandom(1);
        float[] prototypes = new float[10 * PIXELS];
        for (int i = 0; i < prototypes.length; i++) {
            prototypes[i] = (float) random.nextDouble();
        }
        List<Batch> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] labels = random.ints(batchSize, 0, 10).toArray();
            float[] pixels = new float[batchSize * PIXELS];
            for (int p = 0; p < pixels.length; p++) {
                float prototype = prototypes[labels[p / PIXELS] * PIXELS + p % PIXELS];
                pixels[p] = 0.5f * prototype + 0.5f * (float) random.nextDouble();
            }
            made.add(Batch.of(Tensor.over(pixels, batchSize, 28, 28, 1), IntTensor.vector(labels)));
        }
        return made;
    }
}
