package dev.lossforge.runtime.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortingTest {
    private static final float[] SPECIAL = {
        Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1, -1
    };

    private final Sorting sorting = new Sorting();

    /** Keys of which many are equal, in the order that a stable sort of boxed numbers finds. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 100, 5000})
    void sortsAsAStableSortDoes(int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] keys = new float[n + 3];
        for (int i = 0; i < n; i++) {
            keys[2 + i] = random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextInt(9) - 4;
        }
        int[] expected = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing(i -> keys[2 + i] == 0 ? Float.valueOf(0) : Float.valueOf(keys[2 + i])))
                .mapToInt(i -> i)
                .toArray();
        int[] order = new int[n + 2];
        int[] rank = new int[n + 4];
        sorting.argSort(keys, 2, order, 1, n);
        sorting.rank(order, 1, rank, 3, n);
        assertThat(IntStream.range(0, n).map(k -> order[1 + k])).containsExactly(box(expected));
        assertThat(IntStream.range(0, n).map(k -> rank[3 + order[1 + k]]))
                .containsExactly(box(IntStream.range(0, n).toArray()));
    }

    @Test
    void memoryOfALongRowServesShortOnes() {
        int[] order = new int[4];
        sorting.argSort(new float[] {4, 3, 2, 1}, 0, order, 0, 4);
        assertThat(order).containsExactly(3, 2, 1, 0);
        sorting.argSort(new float[] {2, 1}, 0, order, 0, 2);
        assertThat(order).containsExactly(1, 0, 1, 0);
    }

    private static Integer[] box(int[] numbers) {
        return IntStream.of(numbers).boxed().toArray(Integer[]::new);
    }
}
