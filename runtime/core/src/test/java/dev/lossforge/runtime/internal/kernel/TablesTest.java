package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
    private static final int LARGE = 12_345;

    @Test
    void aTableThatWasGivenBackIsUsedAgain() {
        float[] table = Tables.floats(LARGE);
        Tables.giveBack(table);
        assertThat(Tables.floats(LARGE)).isSameAs(table);
        assertThat(Tables.floats(LARGE)).hasSize(LARGE).isNotSameAs(table);
    }

    @Test
    void aTableOfAnotherLengthIsNot() {
        float[] table = Tables.floats(LARGE + 1);
        Tables.giveBack(table);
        assertThat(Tables.floats(LARGE + 2)).hasSize(LARGE + 2);
        assertThat(Tables.floats(LARGE + 1)).isSameAs(table);
    }

    @Test
    void shortArraysAreAlwaysNew() {
        float[] array = Tables.floats(10);
        Tables.giveBack(array);
        assertThat(Tables.floats(10)).isNotSameAs(array);
    }

    @Test
    void columnsHaveRoomAfterTheLastLane() {
        assertThat(Tables.columns(LARGE).length).isGreaterThanOrEqualTo(LARGE + 64);
    }
}
