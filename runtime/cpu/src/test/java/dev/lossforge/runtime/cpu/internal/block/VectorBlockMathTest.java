package dev.lossforge.runtime.cpu.internal.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.internal.kernel.BlockMath;
import dev.lossforge.runtime.internal.kernel.PlainBlockMath;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The Vector API's results are bit for bit those of plain Java. */
class VectorBlockMathTest {
    private static final int LONGEST = 80;

    private final BlockMath vector = new VectorBlockMathProvider().create().orElseThrow();
    private final BlockMath plain = new PlainBlockMath();
    private final SplittableRandom random = new SplittableRandom(7);

    private interface Unary {
        void apply(float[] x, float[] out, int n);
    }

    private interface Ternary {
        void apply(float[] a, float[] b, float[] x, float[] y, float[] out, int n);
    }

    @Test
    void functionsAgree() {
        same(m -> m::exp);
        same(m -> m::expm1);
        same(m -> m::log);
        same(m -> m::log1p);
    }

    private void same(java.util.function.Function<BlockMath, Unary> function) {
        for (int trial = 0; trial < 500; trial++) {
            int n = random.nextInt(LONGEST + 1);
            float[] x = floats(trial % 2 == 0);
            float[] expected = new float[LONGEST];
            float[] actual = new float[LONGEST];
            function.apply(plain).apply(x, expected, n);
            function.apply(vector).apply(x, actual, n);
            assertSame(actual, expected, n);
        }
    }

    @Test
    void comparisonsAndSelectionsAgree() {
        same4(m -> (a, b, x, y, out, n) -> m.selectLess(a, b, x, y, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.selectLessOrEqual(a, b, x, y, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.selectEqual(a, b, x, y, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.less(a, b, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.lessOrEqual(a, b, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.equal(a, b, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.select(a, x, y, out, n));
        same4(m -> (a, b, x, y, out, n) -> m.less(ints(a), ints(b), out, n));
        same4(m -> (a, b, x, y, out, n) -> m.equal(ints(a), ints(b), out, n));
        same4(m -> (a, b, x, y, out, n) -> {
            int[] chosen = new int[LONGEST];
            m.select(a, ints(x), ints(y), chosen, n);
            for (int i = 0; i < n; i++) {
                out[i] = chosen[i];
            }
        });
    }

    private void same4(java.util.function.Function<BlockMath, Ternary> function) {
        for (int trial = 0; trial < 100; trial++) {
            int n = random.nextInt(LONGEST + 1);
            float[] a = floats(true);
            float[] b = floats(true);
            for (int i = 0; i < LONGEST; i += 3) {
                b[i] = a[i];
            }
            float[] x = floats(false);
            float[] y = floats(false);
            float[] expected = new float[LONGEST];
            float[] actual = new float[LONGEST];
            function.apply(plain).apply(a, b, x, y, expected, n);
            function.apply(vector).apply(a, b, x, y, actual, n);
            assertSame(actual, expected, n);
        }
    }

    private static int[] ints(float[] x) {
        int[] ints = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            ints[i] = (int) x[i];
        }
        return ints;
    }

    @Test
    void reductionsAgree() {
        Consumer<float[]> check = x -> {
            for (int n = 0; n <= LONGEST; n++) {
                assertThat((Object) vector.sum(x, n)).isEqualTo(plain.sum(x, n));
                assertThat((Object) vector.max(x, n)).isEqualTo(plain.max(x, n));
                assertThat((Object) vector.min(x, n)).isEqualTo(plain.min(x, n));
            }
        };
        check.accept(floats(true));
        check.accept(floats(false));
        float[] notANumber = floats(true);
        notANumber[LONGEST / 2] = Float.NaN;
        check.accept(notANumber);
    }

    @Test
    void partsOfArraysAgree() {
        for (int trial = 0; trial < 500; trial++) {
            float[] x = floats(trial % 2 == 0);
            int from = random.nextInt(LONGEST);
            int n = random.nextInt(LONGEST - from + 1);
            float shift = trial % 3 == 0 ? (float) random.nextDouble(-100, 100) : x[from];
            assertThat((Object) vector.peak(x, from, n)).isEqualTo(plain.peak(x, from, n));
            float[] expected = new float[LONGEST];
            float[] actual = new float[LONGEST];
            assertThat((Object) vector.exponentials(x, from, shift, actual, n))
                    .isEqualTo(plain.exponentials(x, from, shift, expected, n));
            assertSame(actual, expected, n);
            expected = floats(true);
            actual = expected.clone();
            plain.scaled(x, shift, expected, from, n);
            vector.scaled(x, shift, actual, from, n);
            assertSame(actual, expected, LONGEST);
        }
    }

    private float[] floats(boolean moderate) {
        float[] x = new float[LONGEST];
        for (int i = 0; i < x.length; i++) {
            x[i] = moderate ? (float) random.nextDouble(-3, 3) : Float.intBitsToFloat(random.nextInt());
        }
        return x;
    }

    private static void assertSame(float[] actual, float[] expected, int n) {
        assertThat(Arrays.copyOf(actual, n)).containsExactly(Arrays.copyOf(expected, n));
    }
}
