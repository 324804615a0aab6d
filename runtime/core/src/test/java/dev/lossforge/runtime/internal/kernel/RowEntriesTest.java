package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Positions before, in and behind a row of four, in the middle of an array and at both ends. */
class RowEntriesTest {
    private static final int ROW = 2;
    private static final int EXTENT = 4;
    private static final float[] ARRAY = {8, 9, 0, 1, 2, 3, 10, 11};
    private static final int[] INTS = {8, 9, 0, 1, 2, 3, 10, 11};

    @Test
    void steps() {
        for (int first = -9; first <= 9; first++) {
            for (int step = -4; step <= 4; step++) {
                for (int n = 0; n <= 6; n++) {
                    int start = first;
                    int by = step;
                    float[] block = Block.floats(n);
                    int[] intBlock = Block.ints(n);
                    float[] sums = ARRAY.clone();
                    RowEntries.load(ARRAY, ROW, EXTENT, first, step, block, n);
                    RowEntries.load(INTS, ROW, EXTENT, first, step, intBlock, n);
                    RowEntries.add(addends(n), sums, ROW, EXTENT, first, step, n);
                    check(k -> start + k * by, block, intBlock, sums, n);
                }
            }
        }
    }

    @Test
    void rings() {
        for (int first = -9; first <= 9; first++) {
            for (int modulus = -5; modulus <= 6; modulus++) {
                for (int n = 0; n <= 9; n++) {
                    int start = first;
                    int by = modulus;
                    float[] block = Block.floats(n);
                    int[] intBlock = Block.ints(n);
                    float[] sums = ARRAY.clone();
                    RowEntries.loadRing(ARRAY, ROW, EXTENT, first, modulus, block, n);
                    RowEntries.loadRing(INTS, ROW, EXTENT, first, modulus, intBlock, n);
                    RowEntries.addRing(addends(n), sums, ROW, EXTENT, first, modulus, n);
                    check(k -> Scalars.remainder(start + k, by), block, intBlock, sums, n);
                }
            }
        }
    }

    private static float[] addends(int n) {
        float[] addends = Block.floats(n);
        for (int k = 0; k < n; k++) {
            addends[k] = 1 << k;
        }
        return addends;
    }

    private static void check(IntUnaryOperator position, float[] block, int[] intBlock, float[] sums, int n) {
        float[] expectedSums = ARRAY.clone();
        for (int k = 0; k < n; k++) {
            int index = position.applyAsInt(k);
            float expected = Scalars.entry(ARRAY, ROW, index, EXTENT);
            assertThat(Float.compare(block[k], expected))
                    .as("%d of %d", index, n)
                    .isZero();
            assertThat(intBlock[k]).isEqualTo(Scalars.entry(INTS, ROW, index, EXTENT));
            if (index >= 0 && index < EXTENT) {
                expectedSums[ROW + index] += 1 << k;
            }
        }
        assertThat(sums).containsExactly(expectedSums);
    }

    @Test
    void positionsThatOverflowAreOutside() {
        float[] block = Block.floats(1);
        for (int first : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (int step : new int[] {1, -1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                RowEntries.load(new float[] {1}, 0, 1, first, step, block, 1);
                assertThat(block[0]).isNaN();
            }
        }
    }
}
