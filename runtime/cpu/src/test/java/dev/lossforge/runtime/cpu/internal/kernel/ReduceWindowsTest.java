package dev.lossforge.runtime.cpu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ReduceWindowsTest {

    @RepeatedTest(200)
    void findsTheFirstGreatestOfEachWindow(RepetitionInfo repetition) {
        SplittableRandom sizes = new SplittableRandom(repetition.getCurrentRepetition());
        int channels = sizes.nextInt(1, 38);
        int count = sizes.nextInt(1, 7);
        int size = sizes.nextInt(1, 10);
        boolean relu = sizes.nextBoolean();
        long seed = sizes.nextLong();
        for (Kernels kernels : AllKernels.all()) {
            SplittableRandom random = new SplittableRandom(seed);
            Windows windows =
                    new Windows(random.ints((long) count * size, 0, 12).toArray(), size, channels);
            int stride = channels + 3;
            // Few different values, so that ties are common.
            float[] rows = new float[2 + 12 * stride];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = random.nextInt(-2, 3);
            }
            float[] bias = RandomFloats.of(channels + 1, random);
            float[] target = new float[5 + windows.results()];
            int[] winners = new int[5 + windows.results()];

            kernels.reduceWindows(windows, rows, 2, stride, bias, 1, relu, target, winners, 5);

            for (int i = 0; i < windows.results(); i++) {
                int channel = i % channels;
                int[] table = Arrays.copyOfRange(windows.table(), i / channels * size, i / channels * size + size);
                int winner = table[0];
                for (int row : table) {
                    winner = rows[2 + row * stride + channel] > rows[2 + winner * stride + channel] ? row : winner;
                }
                float value = rows[2 + winner * stride + channel] + bias[1 + channel];
                boolean cut = relu && value <= 0;
                assertThat(target[5 + i]).isEqualTo(cut ? 0 : value);
                assertThat(winners[5 + i]).isEqualTo(cut ? Windows.NONE : winner);
            }
        }
    }

    @Test
    void aNanAnywhereInAWindowWinsAndPassesReluUncut() {
        for (Kernels kernels : AllKernels.all()) {
            int channels = 2 * kernels.lanes() + 1;
            for (int row = 0; row < 4; row++) {
                float[] rows = new float[4 * channels];
                Arrays.fill(rows, 1);
                Arrays.fill(rows, row * channels, (row + 1) * channels, Float.NaN);
                float[] target = new float[channels];
                int[] winners = new int[channels];
                Windows windows = new Windows(new int[] {0, 1, 2, 3}, 4, channels);

                kernels.reduceWindows(windows, rows, 0, channels, new float[channels], 0, true, target, winners, 0);

                assertThat(target).containsOnly(Float.NaN);
                assertThat(winners).containsOnly(row);
            }
        }
    }
}
