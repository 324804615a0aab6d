package dev.lossforge.samples.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pixels of squares in noise, labelled as people label: nobody knows the pixels at an edge, and the rest of a narrow
 * image is padding. Both have the label 255.
 */
@Tag("training")
class SegmentationTest {
    private static final int IMAGES = 160;
    private static final int SIZE = 12;
    private static final int UNKNOWN = 255;

    /** @param unknown the label of what is left out; random classes if it is negative */
    private static Dataset images(int unknown) {
        Random random = new Random(3);
        Random labels = new Random(4);
        float[] pixels = new float[IMAGES * SIZE * SIZE];
        int[] classes = new int[pixels.length];
        for (int image = 0; image < IMAGES; image++) {
            int width = SIZE - random.nextInt(5);
            int side = 3 + random.nextInt(3);
            int top = random.nextInt(SIZE - side);
            int left = random.nextInt(width - side);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    int at = (image * SIZE + y) * SIZE + x;
                    int inside =
                            Math.min(Math.min(y - top, top + side - 1 - y), Math.min(x - left, left + side - 1 - x));
                    pixels[at] = x < width ? (inside >= 0 ? 1 : 0) + 0.4f * (float) random.nextGaussian() : 0;
                    boolean known = x < width && inside != 0 && inside != -1;
                    int other = unknown < 0 ? labels.nextInt(2) : unknown;
                    classes[at] = known ? (inside > 0 ? 1 : 0) : other;
                }
            }
        }
        return Dataset.of(Tensor.over(pixels, IMAGES, SIZE, SIZE, 1), IntTensor.over(classes, IMAGES, SIZE, SIZE));
    }

    private static Sequential model() {
        Sequential model = Sequential.builder()
                .input(SIZE, SIZE, 1)
                .add(Conv2D.of(8, 3, Activation.RELU).withPadding(Padding.SAME))
                .add(Conv2D.of(8, 3, Activation.RELU).withPadding(Padding.SAME))
                .add(Conv2D.of(2, 1))
                .seed(6)
                .build();
        model.compile(CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss())
                .withReduction(Reduction.WEIGHTED_MEAN)
                .withMetrics(Metrics.accuracy(), Metrics.macroF1())
                .withBackend("cpu")
                .withThreads(2));
        return model;
    }

    @Test
    void learnsFromTheLabelledPixelsAlone() {
        Dataset data = images(UNKNOWN).ignoring(UNKNOWN).withBalancedClasses(2);
        Dataset.Split split = data.split(0.25, 1);
        FitOptions fit = FitOptions.epochs(12).withBatchSize(16).withValidation(split.validation());
        try (Sequential model = model();
                Sequential other = model()) {
            Evaluation validation =
                    model.fit(split.training(), fit).last().validation().orElseThrow();
            assertThat(validation.accuracy()).isGreaterThan(0.97);
            assertThat(validation.metric("macro f1")).isGreaterThan(0.97);

            // The same pixels with anything in place of 255.
            Dataset anything = images(-1).withWeights(data.weights()).withMask(data.mask());
            Dataset.Split sameSplit = anything.split(0.25, 1);
            other.fit(sameSplit.training(), fit.withValidation(sameSplit.validation()));
            assertThat(other.parameters()).isEqualTo(model.parameters());

            // Of the known pixels, one at a time.
            int[] predicted =
                    model.predict(split.validation().inputs()).argMax().array();
            int[] labels = ((IntTensor) split.validation().targets()).array();
            long known = Arrays.stream(labels).filter(label -> label != UNKNOWN).count();
            long right = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == predicted[i])
                    .count();
            assertThat((double) right / known).isGreaterThan(0.97);
        }
    }
}
