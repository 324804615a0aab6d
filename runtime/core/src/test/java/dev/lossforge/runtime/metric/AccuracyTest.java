package dev.lossforge.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    private final Metric.Tally tally = Metrics.accuracy().tally();
    private final Tensor outputs = Tensor.matrix(
            new float[] {1, 2, 0}, new float[] {5, 2, 0}, new float[] {-1, -2, -3}, new float[] {0, 0, 9});

    @Test
    void comparesClassIndices() {
        tally.add(outputs, IntTensor.vector(1, 0, 2, 2));
        assertThat(tally.value()).isEqualTo(0.75);
    }

    @Test
    void comparesOneHotRows() {
        tally.add(
                outputs,
                Tensor.matrix(
                        new float[] {0, 1, 0}, new float[] {0, 1, 0}, new float[] {1, 0, 0}, new float[] {1, 0, 0}));
        assertThat(tally.value()).isEqualTo(0.5);
    }

    @Test
    void weighsSamplesNotBatches() {
        tally.add(outputs, IntTensor.vector(1, 0, 0, 2));
        tally.add(outputs.rows(0, 1), IntTensor.vector(0));
        assertThat(tally.value()).isEqualTo(0.8);
    }

    @Test
    void outputsThatAreNotNumbersAreWrong() {
        Tensor broken = Tensor.matrix(new float[] {Float.NaN, 1}, new float[] {2, Float.NaN});
        tally.add(broken, IntTensor.vector(0, 0));
        tally.add(broken, Tensor.matrix(new float[] {Float.NaN, 1}, new float[] {1, 0}));
        assertThat(tally.value()).isZero();
    }

    @Test
    void isNotANumberWithoutSamples() {
        assertThat(tally.value()).isNaN();
    }

    @Test
    void namesBothShapesThatDoNotFit() {
        assertThatThrownBy(() -> tally.add(outputs, IntTensor.vector(1, 0, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[4, 3]")
                .hasMessageContaining("targets [3]");
        assertThatThrownBy(() -> tally.add(outputs, Tensor.zeros(4, 2))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> tally.add(Tensor.zeros(4), IntTensor.vector(1, 0, 2, 2)))
                .isInstanceOf(ShapeException.class);
    }
}
