package dev.lossforge.dsl;

import static dev.lossforge.dsl.Formulas.fold;
import static dev.lossforge.dsl.Formulas.scan;
import static dev.lossforge.dsl.Formulas.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScansTest {

    @Test
    void aScanHasTheStateAfterEachStep() {
        assertThat(scan(4, 1f, (i, s) -> 2 * s + i)).containsExactly(2, 5, 12, 27);
        assertThat(fold(4, 1f, (i, s) -> 2 * s + i)).isEqualTo(27);
    }

    @Test
    void overNoStepsTheStartIsLast() {
        assertThat(scan(0, 1f, (i, s) -> 2 * s)).isEmpty();
        assertThat(scan(-1, 1f, (i, s) -> 2 * s)).isEmpty();
        assertThat(fold(0, 1f, (i, s) -> 2 * s)).isEqualTo(1);
        float[] start = {1, 2};
        assertThat(scan(-1, start, (i, s) -> s)).isEmpty();
        assertThat(fold(0, start, (i, s) -> s)).containsExactly(1, 2);
    }

    @Test
    void aStateMayBeAVector() {
        float[] start = {0, 1};
        VectorStep fibonacci = (i, s) -> new float[] {s[1], s[0] + s[1]};
        assertThat(scan(3, start, fibonacci)).isDeepEqualTo(new float[][] {{1, 1}, {1, 2}, {2, 3}});
        assertThat(fold(3, start, fibonacci)).containsExactly(2, 3);
    }

    @Test
    void aStateKeepsItsLength() {
        float[] start = {0, 1};
        assertThatThrownBy(() -> fold(2, start, (i, s) -> vector(3, k -> 0f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a step turns a state of length 2 into one of length 3");
    }
}
