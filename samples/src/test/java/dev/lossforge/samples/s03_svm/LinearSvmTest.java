package dev.lossforge.samples.s03_svm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinearSvmTest {
    @Test
    void separatesTheCloudsByTheFewPointsAtTheMargin() {
        LinearSvm.Outcome outcome = LinearSvm.train();
        assertThat(outcome.accuracy()).isGreaterThan(0.99);
        assertThat(outcome.supportVectors()).isBetween(2, 80);
        assertThat(outcome.width()).isBetween(0.5, 2.9);
    }
}
