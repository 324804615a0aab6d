package dev.lossforge.samples.s04_logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    /** Within four standard errors of the estimate from 20,000 samples. */
    @Test
    void findsTheWeightsThatTheAnswersFollow() {
        assertThat(LogisticRegression.found()).containsExactly(LogisticRegression.TRUTH, within(0.1f));
    }
}
