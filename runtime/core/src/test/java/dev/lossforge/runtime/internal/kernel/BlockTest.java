package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
    private static final int OFFSET = 3;
    private static final int ROWS = 5;
    private static final int SIZE = 7;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9})
    void rowsBecomeColumnsAndRowsAgain(int length) {
        float[] rows = new float[OFFSET + ROWS * length + 1];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        float[] columns = new float[length * SIZE];
        Block.load(rows, OFFSET, length, columns, SIZE, ROWS);
        for (int j = 0; j < length; j++) {
            for (int k = 0; k < SIZE; k++) {
                assertThat(columns[j * SIZE + k]).isEqualTo(k < ROWS ? OFFSET + k * length + j : 0);
            }
        }
        float[] again = new float[rows.length];
        Block.store(columns, SIZE, again, OFFSET, length, ROWS);
        for (int i = 0; i < again.length; i++) {
            assertThat(again[i]).isEqualTo(i < OFFSET || i == again.length - 1 ? 0 : i);
        }
    }
}
