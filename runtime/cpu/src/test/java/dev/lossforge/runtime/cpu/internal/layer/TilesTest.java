package dev.lossforge.runtime.cpu.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.cpu.internal.kernel.AllKernels;
import dev.lossforge.runtime.cpu.internal.kernel.Kernels;
import dev.lossforge.runtime.cpu.internal.kernel.RandomFloats;
import dev.lossforge.runtime.cpu.internal.kernel.Windows;
import dev.lossforge.runtime.internal.Window;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TilesTest {
    private static final int SAMPLES = 3;
    /** Half the distance of floats near 1, and what the transforms multiply it by. */
    private static final double ERROR = 12 * 0x1p-24;

    private final Kernels kernels = AllKernels.vector();

    @RepeatedTest(150)
    void everyResultIsTheGreatestOfItsFourConvolutions(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int height = sizes.nextInt(2, 13);
        int width = sizes.nextInt(2, 13);
        int inputs = sizes.nextInt(1, 41);
        int filters = sizes.nextInt(1, 41);
        boolean relu = sizes.nextBoolean();
        long seed = sizes.nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Run run = new Run(shape(height, width, inputs, filters), random, relu);
        run.forward();
        run.check();
    }

    private static AffineShape shape(int height, int width, int inputs, int filters) {
        Window kernel = Conv2D.of(filters, 3).withPadding(Padding.SAME).window(Shape.of(height, width, inputs));
        Window pool = MaxPool2D.of(2).window(Shape.of(height, width, filters));
        return AffineShape.convolution(kernel, pool, filters);
    }

    private final class Run {
        private final AffineShape shape;
        private final Window kernel;
        private final boolean relu;
        private final Activations input;
        private final Activations output;
        private final float[] weights;
        private final float[] bias;
        private final int[] winners;

        Run(AffineShape shape, SplittableRandom random, boolean relu) {
            this.shape = shape;
            this.kernel = shape.kernel();
            this.relu = relu;
            this.input =
                    Activations.padded(kernel.inputHeight() * kernel.inputWidth() * kernel.channels(), kernels.lanes());
            this.output = Activations.padded(shape.windows().results(), kernels.lanes());
            input.reserve(SAMPLES);
            output.reserve(SAMPLES);
            this.weights = RandomFloats.of(shape.channels() * shape.patchSize(), random);
            this.bias = RandomFloats.of(shape.channels(), random);
            this.winners = new int[output.values().length];
            float[] pixels = RandomFloats.of(input.values().length, random);
            System.arraycopy(pixels, 0, input.values(), 0, pixels.length);
        }

        void forward() {
            Tiles tiles = new Tiles(kernels, shape);
            for (int worker = 2; worker >= 0; worker--) {
                tiles.refresh(weights, 0, shape.patchSize(), worker, 3);
            }
            Images images = Images.of(shape, input, SAMPLES, kernels.lanes());
            images.load(0, SAMPLES);
            tiles.new Scratch(images).forward(images, 0, SAMPLES, bias, 0, relu, output, winners);
        }

        void check() {
            for (int sample = 0; sample < SAMPLES; sample++) {
                for (int i = 0; i < shape.windows().results(); i++) {
                    check(sample, i / shape.channels(), i % shape.channels());
                }
            }
        }

        private void check(int sample, int window, int channel) {
            int[] rows = Arrays.copyOfRange(shape.windows().table(), 4 * window, 4 * window + 4);
            double tolerance = ERROR * (shape.patchSize() + 9);
            int result = sample * output.stride() + window * shape.channels() + channel;
            double max = Arrays.stream(rows)
                    .mapToDouble(row -> convolution(sample, row, channel))
                    .max()
                    .orElseThrow();
            double expected = max + bias[channel];
            assertThat((double) output.values()[result])
                    .isCloseTo(relu ? Math.max(expected, 0) : expected, within(tolerance));
            if (winners[result] == Windows.NONE) {
                assertThat(relu).isTrue();
                assertThat(expected).isLessThanOrEqualTo(tolerance);
            } else {
                assertThat(rows).contains(winners[result]);
                assertThat(convolution(sample, winners[result], channel)).isCloseTo(max, within(2 * tolerance));
            }
        }

        /** Where a row stands in the table of the windows. */
        private int place(int row) {
            int[] table = shape.windows().table();
            int place = 0;
            while (table[place] != row) {
                place++;
            }
            return place;
        }

        private double convolution(int sample, int row, int channel) {
            int place = place(row);
            int across = kernel.outputWidth() / 2;
            double sum = 0;
            int y = place / 4 / across * 2 + place % 4 / 2;
            int x = place / 4 % across * 2 + place % 2;
            for (int t = 0; t < shape.patchSize(); t++) {
                int line = y + t / shape.lineSize() - kernel.padTop();
                int column = x + t % shape.lineSize() / kernel.channels() - kernel.padLeft();
                if (line >= 0 && line < kernel.inputHeight() && column >= 0 && column < kernel.inputWidth()) {
                    int pixel = (line * kernel.inputWidth() + column) * kernel.channels() + t % kernel.channels();
                    sum += (double) input.values()[sample * input.stride() + pixel]
                            * weights[channel * shape.patchSize() + t];
                }
            }
            return sum;
        }
    }

    @Test
    void aNanMakesNanOfTheWindowsThatReadItAndOfNoOther() {
        AffineShape shape = shape(8, 8, 17, 18);
        Run run = new Run(shape, new SplittableRandom(1), true);
        run.input.values()[0] = Float.NaN;
        run.forward();
        for (int i = 0; i < shape.windows().results(); i++) {
            assertThat(Float.isNaN(run.output.values()[i])).isEqualTo(i / shape.channels() == 0);
        }
    }

    /** Of lines or columns that are constant all or two of a window's results are equal. */
    @Test
    void ofEqualPatchesThatTouchTheFirstWins() {
        Conv2D conv = Conv2D.of(19, 3);
        for (boolean alongLines : new boolean[] {true, false}) {
            Run run = new Run(pooled(conv, MaxPool2D.of(2)), new SplittableRandom(2), false);
            float[] pixels = run.input.values();
            for (int i = 0; i < run.input.size(); i++) {
                int line = i / (12 * 16);
                int column = i / 16 % 12;
                int source = alongLines ? line * 12 * 16 : column * 16;
                pixels[i] = pixels[source + i % 16];
            }
            run.forward();
            for (int i = 0; i < run.shape.windows().results(); i++) {
                int within = run.place(run.winners[i]) % 4;
                assertThat(alongLines ? within % 2 : within / 2).isZero();
            }
        }
    }

    @Test
    void fitsSquaresOfManyChannelsOnly() {
        assertThat(Tiles.fits(kernels, shape(8, 8, 16, 16))).isTrue();
        assertThat(Tiles.fits(AllKernels.plain(), shape(8, 8, 16, 16))).isFalse();
        assertThat(Tiles.fits(kernels, shape(8, 8, 15, 16))).isFalse();
        assertThat(Tiles.fits(kernels, shape(8, 8, 16, 15))).isFalse();
        Conv2D conv = Conv2D.of(16, 3);
        assertThat(Tiles.fits(kernels, pooled(conv, new MaxPool2D(2, 2, 3, 3)))).isTrue();
        assertThat(Tiles.fits(kernels, pooled(conv, MaxPool2D.of(2).withStride(1))))
                .isFalse();
        assertThat(Tiles.fits(kernels, pooled(conv, new MaxPool2D(1, 4, 1, 4)))).isFalse();
        assertThat(Tiles.fits(kernels, pooled(conv, MaxPool2D.of(3)))).isFalse();
        assertThat(Tiles.fits(kernels, pooled(conv.withStride(2), MaxPool2D.of(2))))
                .isFalse();
        assertThat(Tiles.fits(kernels, pooled(Conv2D.of(16, 2), MaxPool2D.of(2))))
                .isFalse();
    }

    private static AffineShape pooled(Conv2D conv, MaxPool2D pool) {
        Window kernel = conv.window(Shape.of(12, 12, 16));
        Window window = pool.window(Shape.of(kernel.outputHeight(), kernel.outputWidth(), conv.filters()));
        return AffineShape.convolution(kernel, window, conv.filters());
    }
}
