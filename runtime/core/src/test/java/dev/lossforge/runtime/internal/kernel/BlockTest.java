package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockTest {
    private static final int ROW = 2;
    private static final int EXTENT = 4;

    /** Windows that begin and end before, in and behind a row of four, in the middle of an array and at both ends. */
    @Test
    void windowsReadNothingOutsideTheirRow() {
        float[] array = {8, 9, 0, 1, 2, 3, 10, 11};
        int[] ints = {8, 9, 0, 1, 2, 3, 10, 11};
        for (int first = -7; first <= 7; first++) {
            for (int n = 0; n <= 6; n++) {
                float[] block = Block.floats(n);
                int[] intBlock = Block.ints(n);
                Block.window(array, ROW, EXTENT, first, block, n);
                Block.window(ints, ROW, EXTENT, first, intBlock, n);
                for (int k = 0; k < n; k++) {
                    int index = first + k;
                    float expected = Scalars.entry(array, ROW, index, EXTENT);
                    assertThat(Float.compare(block[k], expected))
                            .as("%d of %d", index, n)
                            .isZero();
                    assertThat(intBlock[k]).isEqualTo(Scalars.entry(ints, ROW, index, EXTENT));
                }
            }
        }
    }

    @Test
    void positionsThatOverflowAreOutside() {
        float[] block = Block.floats(1);
        for (int first : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            Block.window(new float[] {1}, 0, 1, first, block, 1);
            assertThat(block[0]).isNaN();
        }
    }
}
