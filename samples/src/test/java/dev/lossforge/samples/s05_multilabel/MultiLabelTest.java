package dev.lossforge.samples.s05_multilabel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MultiLabelTest {
    @Test
    void learnsEveryLabel() {
        double[] accuracies = MultiLabel.accuracies();
        assertThat(accuracies).hasSize(3);
        assertThat(Arrays.stream(accuracies).min().orElseThrow()).isGreaterThan(0.93);
    }
}
