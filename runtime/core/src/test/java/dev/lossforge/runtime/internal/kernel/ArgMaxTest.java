package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A NaN counts as the greatest, and as the least: a formula that looks up that entry is NaN too. */
class ArgMaxTest {
    private static final float[] VALUES = {2, Float.NaN, 3, Float.NaN};

    @Test
    void theFirstNanWins() {
        ArgMax max = new ArgMax();
        ArgMax min = new ArgMax();
        for (int i = 0; i < VALUES.length; i++) {
            max.add(VALUES[i], i);
            min.add(-VALUES[i], i);
        }
        assertThat(max.position()).isEqualTo(1);
        assertThat(min.position()).isEqualTo(1);
    }
}
