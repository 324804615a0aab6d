package dev.lossforge.samples.s09_gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("training")
class DigitGanTest {
    private static final Tensor DIGITS =
            GeneratedDigits.seeded(1).train(2000).toDataset().inputs();

    /** On average its images look as the digits do on average, and they are not all the same. */
    @Test
    void theForgerLearnsToWriteManyDigits() {
        try (Adversaries adversaries = new Adversaries(1)) {
            double[] real = mean(DIGITS);
            assertThat(correlation(mean(adversaries.samples()), real)).isLessThan(0.2);
            for (int epoch = 1; epoch <= 8; epoch++) {
                adversaries.epoch(DIGITS, 64, new Random(epoch));
            }
            Tensor forged = adversaries.samples();
            assertThat(correlation(mean(forged), real)).isGreaterThan(0.4);
            assertThat(deviation(forged)).isGreaterThan(0.3 * deviation(DIGITS));
        }
    }

    @Test
    void whatItWritesIsDrawnInASquare() throws IOException {
        Tensor images = Tensor.zeros(4, DigitSet.SIZE, DigitSet.SIZE, 1);
        Arrays.fill(images.array(), 3 * DigitSet.PIXELS, 4 * DigitSet.PIXELS, 2);
        BufferedImage grid = ImageIO.read(new ByteArrayInputStream(DigitGrid.png(images)));
        assertThat(grid.getWidth()).isEqualTo(grid.getHeight()).isEqualTo(3 * (2 * 28 + 2));
        assertThat(grid.getRaster().getSample(10, 10, 0)).isZero();
        assertThat(grid.getRaster().getSample(160, 160, 0)).isEqualTo(255);
    }

    private static double ink(Tensor images, int image, int pixel) {
        return Math.clamp(images.array()[image * DigitSet.PIXELS + pixel], 0f, 1f);
    }

    private static double[] mean(Tensor images) {
        double[] mean = new double[DigitSet.PIXELS];
        for (int image = 0; image < images.samples(); image++) {
            for (int pixel = 0; pixel < mean.length; pixel++) {
                mean[pixel] += ink(images, image, pixel) / images.samples();
            }
        }
        return mean;
    }

    /** How far the images are from their mean: the root of the mean squared distance. */
    private static double deviation(Tensor images) {
        double[] mean = mean(images);
        double squares = 0;
        for (int image = 0; image < images.samples(); image++) {
            for (int pixel = 0; pixel < mean.length; pixel++) {
                squares += Math.pow(ink(images, image, pixel) - mean[pixel], 2) / images.samples();
            }
        }
        return Math.sqrt(squares);
    }

    private static double correlation(double[] xs, double[] ys) {
        double meanX = Arrays.stream(xs).average().orElseThrow();
        double meanY = Arrays.stream(ys).average().orElseThrow();
        double products = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int i = 0; i < xs.length; i++) {
            products += (xs[i] - meanX) * (ys[i] - meanY);
            squaresX += (xs[i] - meanX) * (xs[i] - meanX);
            squaresY += (ys[i] - meanY) * (ys[i] - meanY);
        }
        return products / Math.sqrt(squaresX * squaresY);
    }
}
