package dev.lossforge.spark.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataRowsTest {
    /** The third worker of four has the rows 2, 6, 10, … of the data. */
    @Test
    void translatesWhatAWorkerCallsItsRows() {
        assertThat(DataRows.ofAll("'y' of row 3 (index 2) is NaN; row 1 (index 0) is 5; the row 7 is not one", 2, 4))
                .isEqualTo("'y' of row 11 (index 10) is NaN; row 3 (index 2) is 5; the row 7 is not one");
    }

    @Test
    void tellsWhetherAnyIsNamed() {
        assertThat(DataRows.isAnyNamedIn("The weight of row 9 (index 8) is -1.0"))
                .isTrue();
        assertThat(DataRows.isAnyNamedIn("The loss became NaN at epoch 1, step 2"))
                .isFalse();
    }
}
