package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A NaN counts as the greatest, and as the least: a formula that looks up that entry is NaN too. */
class ArgMaxTest {
    private static final float[] VALUES = {2, Float.NaN, 3, Float.NaN};

    @Test
    void theFirstNanWinsOneByOne() {
        ArgMax greatest = new ArgMax();
        greatest.add(VALUES, 0, VALUES.length);
        ArgMax least = new ArgMax();
        least.addNegated(VALUES, 0, VALUES.length);
        assertThat(greatest.position()).isEqualTo(1);
        assertThat(least.position()).isEqualTo(1);
    }

    @Test
    void theFirstNanWinsInLanes() {
        int[] greatest = {-1};
        int[] least = {-1};
        float[] best = new float[1];
        float[] worst = new float[1];
        for (int i = 0; i < VALUES.length; i++) {
            Lanes.accumulateArgMax(new float[] {VALUES[i]}, i, best, greatest, 1);
            Lanes.accumulateArgMin(new float[] {VALUES[i]}, i, worst, least, 1);
        }
        assertThat(greatest).containsExactly(1);
        assertThat(least).containsExactly(1);
    }
}
