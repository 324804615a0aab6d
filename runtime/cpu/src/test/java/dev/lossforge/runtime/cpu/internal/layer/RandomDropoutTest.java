package dev.lossforge.runtime.cpu.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomDropoutTest {
    private static final int SIZE = 500;
    private static final int SAMPLES = 40;

    private final Activations input = Activations.padded(SIZE, 8);
    private final Activations output = Activations.padded(SIZE, 8);

    private float[] forward(double rate, long seed, long step, int... cuts) {
        RandomDropout dropout = new RandomDropout(input, output, rate, seed);
        input.reserve(SAMPLES);
        dropout.reserve(SAMPLES);
        Arrays.fill(input.values(), 3);
        int from = 0;
        for (int to : cuts) {
            dropout.forward(0, from, to, new Pass(true, step));
            from = to;
        }
        dropout.forward(0, from, SAMPLES, new Pass(true, step));
        Arrays.fill(output.gradients(), 1);
        dropout.backward(0, 0, SAMPLES);
        return output.values().clone();
    }

    @Test
    void dropsTheGivenShareAndScalesTheRestSoThatTheMeanStays() {
        float[] values = forward(0.3, 1, 0);
        int dropped = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int i = 0; i < SIZE; i++) {
                float value = values[sample * output.stride() + i];
                assertThat(value)
                        .satisfiesAnyOf(
                                v -> assertThat(v).isZero(), v -> assertThat(v).isCloseTo(3 / 0.7f, within(1e-6f)));
                dropped += value == 0 ? 1 : 0;
                assertThat(input.gradients()[sample * input.stride() + i]).isCloseTo(value / 3, within(1e-6f));
            }
        }
        // Five standard deviations of a binomial distribution.
        assertThat(dropped).isCloseTo(6_000, within(325));
    }

    @Test
    void doesNotDependOnHowTheSamplesAreDivided() {
        assertThat(forward(0.5, 1, 7, 13, 14)).isEqualTo(forward(0.5, 1, 7));
    }

    @Test
    void dependsOnSeedAndStep() {
        float[] values = forward(0.5, 1, 7);
        assertThat(forward(0.5, 2, 7)).isNotEqualTo(values);
        assertThat(forward(0.5, 1, 8)).isNotEqualTo(values);
    }

    @Test
    void isTheIdentityOutsideTraining() {
        RandomDropout dropout = new RandomDropout(input, output, 0.9, 1);
        input.reserve(1);
        dropout.reserve(1);
        Arrays.fill(input.values(), 2);
        dropout.forward(0, 0, 1, new Pass(false, 0));
        assertThat(Arrays.copyOf(output.values(), SIZE)).containsOnly(2);
    }
}
