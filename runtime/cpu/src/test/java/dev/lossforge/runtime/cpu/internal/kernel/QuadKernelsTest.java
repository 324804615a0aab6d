package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** On small whole numbers, of which float sums are exact, and which are equal often. */
class QuadKernelsTest {
    private static final int PATCHES = 20;
    private static final int AT = 3;
    private static final int RESULTS_AT = 5;

    private final Kernels kernels = AllKernels.vector();
    private final QuadKernels quads = new VectorQuadKernels();

    /** A layer of arbitrary patches and windows of four of them. */
    private final class Layer {
        private final int channels;
        private final float[] image;
        private final int[] corners;
        private final int[] taps;
        private final Windows windows;
        private final float[] weights;
        private final float[] bias;
        private final boolean relu;
        private final float[] target;
        private final int[] winners;

        Layer(int channels, int taps, int windows, boolean relu, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            this.channels = channels;
            this.image = wholeNumbers(300, random);
            this.corners = random.ints(PATCHES, 0, 200).toArray();
            this.taps = random.ints(taps, 0, 90).toArray();
            this.windows = new Windows(random.ints(4L * windows, 0, PATCHES).toArray(), 4, channels);
            this.weights = wholeNumbers(channels * taps, random);
            int columns = Math.ceilDiv(channels, kernels.panelWidth()) * kernels.panelWidth();
            this.bias = Arrays.copyOf(wholeNumbers(channels, random), columns);
            this.relu = relu;
            this.target = new float[RESULTS_AT + windows * channels];
            this.winners = new int[target.length];
        }

        private float product(int row, int channel) {
            float sum = 0;
            for (int k = 0; k < taps.length; k++) {
                sum += image[AT + corners[row] + taps[k]] * weights[channel * taps.length + k];
            }
            return sum;
        }

        void multiply() {
            PanelPacking packing = new PanelPacking(channels, taps.length, taps.length, kernels.panelWidth());
            float[] panels = new float[packing.size()];
            packing.pack(weights, 0, 0, packing.panels(), panels);
            quads.multiplyWindows(windows, image, AT, corners, taps, panels, bias, relu, target, winners, RESULTS_AT);
        }
    }

    private static float[] wholeNumbers(int length, SplittableRandom random) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = random.nextInt(-2, 3);
        }
        return numbers;
    }

    @RepeatedTest(200)
    void findsTheFirstGreatestProductOfEachWindow(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int channels = sizes.nextInt(1, 41);
        int taps = sizes.nextInt(1, 41);
        int windows = sizes.nextInt(1, 6);
        boolean relu = sizes.nextBoolean();
        long seed = sizes.nextLong();
        Layer layer = new Layer(channels, taps, windows, relu, seed);
        layer.multiply();
        for (int i = 0; i < windows * channels; i++) {
            int channel = i % channels;
            int[] rows = Arrays.copyOfRange(layer.windows.table(), i / channels * 4, i / channels * 4 + 4);
            int winner = rows[0];
            for (int row : rows) {
                winner = layer.product(row, channel) > layer.product(winner, channel) ? row : winner;
            }
            float value = layer.product(winner, channel) + layer.bias[channel];
            boolean cut = relu && value <= 0;
            assertThat(layer.target[RESULTS_AT + i]).isEqualTo(cut ? 0 : value);
            assertThat(layer.winners[RESULTS_AT + i]).isEqualTo(cut ? Windows.NONE : winner);
        }
        assertThat(Arrays.copyOf(layer.target, RESULTS_AT)).containsOnly(0);
    }

    @Test
    void aNanAnywhereInAWindowWins() {
        for (int row = 0; row < 4; row++) {
            Layer layer = new Layer(19, 1, 1, true, 1);
            System.arraycopy(new int[] {0, 1, 2, 3}, 0, layer.windows.table(), 0, 4);
            System.arraycopy(new int[] {10, 20, 30, 40}, 0, layer.corners, 0, 4);
            Arrays.fill(layer.weights, 1);
            layer.image[AT + layer.corners[row] + layer.taps[0]] = Float.NaN;
            layer.multiply();
            assertThat(Arrays.copyOfRange(layer.target, RESULTS_AT, layer.target.length))
                    .containsOnly(Float.NaN);
            assertThat(Arrays.copyOfRange(layer.winners, RESULTS_AT, layer.winners.length))
                    .containsOnly(row);
        }
    }

    @RepeatedTest(200)
    void addsTheGradientsOfWinnersToTheirTaps(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int channels = sizes.nextInt(1, 41);
        int windows = sizes.nextInt(1, 10);
        long seed = sizes.nextLong();
        Layer layer = new Layer(channels, 2 * QuadKernels.TAPS, windows, true, seed);
        SplittableRandom random = new SplittableRandom(seed);
        // Of rows that stand in a window twice it is not known which won.
        Arrays.setAll(layer.windows.table(), i -> i % PATCHES);
        Arrays.setAll(
                layer.winners,
                i -> i < RESULTS_AT || random.nextInt(3) == 0
                        ? Windows.NONE
                        : layer.windows.table()[(i - RESULTS_AT) / channels * 4 + random.nextInt(4)]);
        float[] gradients = wholeNumbers(layer.winners.length, random);
        int columns = Math.ceilDiv(channels, kernels.lanes()) * kernels.lanes();
        float[] before = wholeNumbers(7 + QuadKernels.SUMS * columns, random);
        float[] sums = before.clone();

        quads.addTapGradients(
                layer.windows,
                layer.image,
                AT,
                layer.corners,
                layer.taps,
                QuadKernels.TAPS,
                gradients,
                layer.winners,
                RESULTS_AT,
                sums,
                columns,
                7);

        for (int i = 0; i < QuadKernels.SUMS * columns; i++) {
            int channel = i % columns;
            int sum = i / columns;
            double expected = before[7 + i]
                    + IntStream.range(0, channel < channels ? windows : 0)
                            .map(window -> RESULTS_AT + window * channels + channel)
                            .filter(result -> layer.winners[result] != Windows.NONE)
                            .mapToDouble(result -> gradients[result]
                                    * (sum == QuadKernels.TAPS
                                            ? 1
                                            : layer.image[
                                                    AT
                                                            + layer.corners[layer.winners[result]]
                                                            + layer.taps[QuadKernels.TAPS + sum]]))
                            .sum();
            assertThat((double) sums[7 + i]).isEqualTo(expected);
        }
    }
}
