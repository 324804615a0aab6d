package dev.lossforge.samples.s01_firstloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FirstLossTest {
    @Test
    void theStockSufficesAsOftenAsTheCostsSay() {
        assertThat(FirstLoss.sufficientDays()).isCloseTo(0.9, within(0.02));
    }
}
