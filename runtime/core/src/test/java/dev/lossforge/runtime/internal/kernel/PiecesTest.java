package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 10", "3, 4, 5000", "3, 1203, 100", "0, 7, 0", "5, 90000, 1", "2, 5, 20000"})
    void piecesFollowEachOtherAndCoverTheRange(int from, int to, int unitSize) {
        List<Integer> ends = new ArrayList<>(List.of(from));
        double total = Pieces.run(new KernelFrame(1), from, to, unitSize, (frame, first, end) -> {
            assertThat(first).isEqualTo(ends.getLast());
            assertThat((end - first - 1L) * unitSize).isLessThan(1 << 14);
            ends.add(end);
            return end - first;
        });
        assertThat(total).isEqualTo(to - from);
        assertThat(ends.getLast()).isEqualTo(to);
    }
}
