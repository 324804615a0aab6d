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
    void columnsBecomeRows(int length) {
        float[] columns = new float[length * SIZE];
        for (int j = 0; j < length; j++) {
            for (int k = 0; k < SIZE; k++) {
                columns[j * SIZE + k] = OFFSET + k * length + j;
            }
        }
        float[] rows = new float[OFFSET + ROWS * length + 1];
        Block.store(columns, SIZE, rows, OFFSET, length, ROWS);
        for (int i = 0; i < rows.length; i++) {
            assertThat(rows[i]).isEqualTo(i < OFFSET || i == rows.length - 1 ? 0 : i);
        }
    }
}
