package dev.lossforge.samples.s08_twotasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("training")
class TwoTasksTest {
    @Test
    void theLossLearnsHowNoisyEachTaskIs() {
        TwoTasks.Learned learned = TwoTasks.learn();
        for (int i = 0; i < 2; i++) {
            assertThat(learned.deviations()[i]).isCloseTo(TwoTasks.NOISE[i], within(0.1 * TwoTasks.NOISE[i]));
        }
        // At the minimum over s, ½ e^(−s) (p − y)² is ½ on average: both tasks count alike.
        assertThat(learned.errors().keySet()).containsExactly("first", "second");
        assertThat(learned.errors().values())
                .allSatisfy(error -> assertThat(error).isCloseTo(0.5, within(0.05)));
    }
}
