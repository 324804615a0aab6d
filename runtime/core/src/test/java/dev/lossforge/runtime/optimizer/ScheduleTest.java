package dev.lossforge.runtime.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.internal.Rates;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    @Test
    void followsItsFormula() {
        Schedule step = new Schedule.Step(0.8, 0.5, 10);
        assertThat(step.at(9)).isEqualTo(0.8);
        assertThat(step.at(10)).isEqualTo(0.4);
        assertThat(step.at(29)).isEqualTo(0.2);
        Schedule exponential = new Schedule.Exponential(0.1, 0.01, 100);
        assertThat(exponential.at(0)).isEqualTo(0.1);
        assertThat(exponential.at(50)).isCloseTo(0.01, within(1e-15));
        assertThat(exponential.at(100)).isCloseTo(0.001, within(1e-15));
        Schedule cosine = new Schedule.Cosine(0.1, 0.02, 100);
        assertThat(cosine.at(0)).isEqualTo(0.1);
        assertThat(cosine.at(50)).isCloseTo(0.06, within(1e-15));
        assertThat(cosine.at(100)).isEqualTo(0.02);
        assertThat(cosine.at(10_000)).isEqualTo(0.02);
        Schedule pieces = new Schedule.Piecewise(List.of(5L, 8L), List.of(3.0, 2.0, 1.0));
        assertThat(List.of(pieces.at(4), pieces.at(5), pieces.at(7), pieces.at(8)))
                .containsExactly(3.0, 2.0, 2.0, 1.0);
        Schedule warmUp = new Schedule.WarmUp(4, cosine);
        assertThat(warmUp.at(0)).isCloseTo(0.02, within(1e-15));
        assertThat(warmUp.at(3)).isCloseTo(0.08, within(1e-15));
        assertThat(warmUp.at(4)).isEqualTo(0.1);
        assertThat(warmUp.at(54)).isEqualTo(cosine.at(50));
    }

    /** Of every size, from 0 to the greatest. */
    private static LongStream times() {
        return LongStream.concat(
                LongStream.of(0, 1, 2, 6, 7, 8, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE),
                new SplittableRandom(1).longs(1000).map(bits -> bits >>> (1 + (bits & 63) % 63)));
    }

    @ParameterizedTest
    @MethodSource("times")
    void isARateAtEveryTime(long t) {
        for (Schedule schedule : List.of(
                new Schedule.Constant(1e-3),
                new Schedule.Step(1, 0.1, 1),
                new Schedule.Step(1, 10, 1),
                new Schedule.Exponential(1, 0.5, 1),
                new Schedule.WarmUp(7, new Schedule.Cosine(1, 1e-9, 3)))) {
            assertThat(Rates.requireLearningRate(schedule.at(t))).isPositive();
        }
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> new Schedule.Step(0, 0.5, 1)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> new Schedule.Step(1, 0.5, 0)).hasMessageContaining("interval");
        assertThatThrownBy(() -> new Schedule.Exponential(1, -1, 1)).hasMessageContaining("factor");
        assertThatThrownBy(() -> new Schedule.Cosine(1, Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Schedule.WarmUp(0, new Schedule.Constant(1)))
                .hasMessageContaining("warm-up");
        assertThatThrownBy(() -> new Schedule.Piecewise(List.of(1L), List.of(1.0)))
                .hasMessageContaining("one rate more");
        assertThatThrownBy(() -> new Schedule.Piecewise(List.of(2L, 2L), List.of(1.0, 2.0, 3.0)))
                .hasMessageContaining("increase");
    }
}
