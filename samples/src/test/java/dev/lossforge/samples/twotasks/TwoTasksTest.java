package dev.lossforge.samples.twotasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoTasksTest {
    @Test
    void theLossLearnsHowNoisyEachTaskIs() {
        double[] deviations = TwoTasks.deviations();
        for (int i = 0; i < 2; i++) {
            assertThat(deviations[i]).isCloseTo(TwoTasks.NOISE[i], within(0.1 * TwoTasks.NOISE[i]));
        }
    }
}
