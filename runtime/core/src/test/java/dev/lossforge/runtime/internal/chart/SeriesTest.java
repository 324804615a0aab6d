package dev.lossforge.runtime.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final double[] XS = IntStream.range(0, 400).asDoubleStream().toArray();

    private static Series mean(double[] ys) {
        List<Series> both = Series.smoothed("loss", XS, ys, Ink.SERIES_1);
        assertThat(both).hasSize(2);
        assertThat(both.getFirst().ys()).isEqualTo(ys);
        return both.getLast();
    }

    /** A mean of earlier points alone would lie above a loss that falls. */
    @Test
    void aMeanDoesNotLagBehindALineThatFalls() {
        double[] falling =
                IntStream.range(0, 400).mapToDouble(i -> 5 - 0.01 * i).toArray();
        Series mean = mean(falling);
        for (int i = 150; i < 250; i++) {
            assertThat(mean.ys()[i]).isCloseTo(falling[i], within(1e-6));
        }
    }

    @Test
    void aMeanIsSmootherThanTheLine() {
        SplittableRandom random = new SplittableRandom(1);
        double[] noise = random.doubles(400, -1, 1).toArray();
        double[] means = mean(noise).ys();
        assertThat(IntStream.range(0, 400).mapToDouble(i -> means[i] * means[i]).sum())
                .isLessThan(0.2
                        * IntStream.range(0, 400)
                                .mapToDouble(i -> noise[i] * noise[i])
                                .sum());
    }
}
