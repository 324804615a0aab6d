package dev.lossforge.runtime.internal.kernel;

import java.util.Optional;

/**
 * The functions of blocks that compilers do not vectorise by themselves. Entries 0 … n − 1 are meant; an implementation
 * may read and overwrite those up to n rounded up to a multiple of {@link Blocks#PADDING}, and arrays are long enough
 * for it. An output may be an input. All implementations give the same bits, except for the payload of a NaN.
 *
 * <p>Masks are floats, 1 for true and 0 for false.
 */
public interface BlockMath {

    /** Offers an implementation where the JVM can run it; found by {@link java.util.ServiceLoader}. */
    interface Provider {
        Optional<BlockMath> create();
    }

    /** {@code eˣ}; ≤ 2 ulp. */
    void exp(float[] x, float[] out, int n);

    /** {@code eˣ − 1}; ≤ 2 ulp. */
    void expm1(float[] x, float[] out, int n);

    /** {@code log x}; ≤ 2 ulp. */
    void log(float[] x, float[] out, int n);

    /** {@code log(1 + x)}; ≤ 2 ulp. */
    void log1p(float[] x, float[] out, int n);

    /** The mask {@code a < b}. */
    void less(float[] a, float[] b, float[] mask, int n);

    /** The mask {@code a <= b}. */
    void lessOrEqual(float[] a, float[] b, float[] mask, int n);

    /** The mask {@code a == b}. */
    void equal(float[] a, float[] b, float[] mask, int n);

    /** The mask {@code a < b}. */
    void less(int[] a, int[] b, float[] mask, int n);

    /** The mask {@code a == b}. */
    void equal(int[] a, int[] b, float[] mask, int n);

    /** {@code mask ? x : y}. */
    void select(float[] mask, float[] x, float[] y, float[] out, int n);

    /** {@code mask ? x : y}. */
    void select(float[] mask, int[] x, int[] y, int[] out, int n);

    /** {@code a < b ? x : y}. */
    void selectLess(float[] a, float[] b, float[] x, float[] y, float[] out, int n);

    /** {@code a <= b ? x : y}. */
    void selectLessOrEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n);

    /** {@code a == b ? x : y}. */
    void selectEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n);

    /**
     * The sum of the entries: in 16 floats, entry i in number {@code i mod 16}, which are added as doubles, every
     * fourth first, and the four sums in pairs.
     */
    double sum(float[] x, int n);

    /** The greatest entry, NaN if any is; −∞ of none. */
    float max(float[] x, int n);

    /** The least entry, NaN if any is; +∞ of none. */
    float min(float[] x, int n);

    /** The greatest of the n entries from {@code from} on, NaN passed over; −∞ of none. No others are read. */
    float peak(float[] x, int from, int n);

    /**
     * {@code out[i] = e^(x[from + i] − shift)}, and their {@linkplain #sum sum}. Of x only the n entries from
     * {@code from} on are read; out is another array.
     */
    double exponentials(float[] x, int from, float shift, float[] out, int n);

    /** {@code out[to + i] = factor · x[i]}; no other entries are written, and out is another array. */
    void scaled(float[] x, float factor, float[] out, int to, int n);

    /** The end of {@link #sum}: adds the entries from {@code from} on, fewer than 16, to the 16 lanes, and those up. */
    static double fold(float[] lanes, float[] x, int from, int n) {
        for (int i = from; i < n; i++) {
            lanes[i - from] += x[i];
        }
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int lane = 0; lane < lanes.length; lane += 4) {
            a += lanes[lane];
            b += lanes[lane + 1];
            c += lanes[lane + 2];
            d += lanes[lane + 3];
        }
        return (a + b) + (c + d);
    }
}
