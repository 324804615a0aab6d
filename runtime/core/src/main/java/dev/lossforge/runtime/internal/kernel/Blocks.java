package dev.lossforge.runtime.internal.kernel;

import java.util.Arrays;
import java.util.ServiceLoader;

/**
 * Functions of blocks: of entries 0 … n − 1 of arrays that {@link #floats} or {@link #ints} made. What
 * {@link BlockMath} says holds here too, except that an output is none of the inputs unless stated.
 *
 * <p>The implementation is chosen once, when this class is first used.
 */
public final class Blocks {
    /** The number of entries that a block has room for. */
    public static final int SIZE = 1024;
    /** The length of a block is a multiple of this. */
    public static final int PADDING = 16;

    private static final BlockMath MATH = choose();

    private Blocks() {}

    private static BlockMath choose() {
        return ServiceLoader.load(BlockMath.Provider.class, Blocks.class.getClassLoader()).stream()
                .flatMap(provider -> provider.get().create().stream())
                .findFirst()
                .orElseGet(PlainBlockMath::new);
    }

    /** A new block for n entries. */
    public static float[] floats(int n) {
        return new float[(n + PADDING - 1) / PADDING * PADDING];
    }

    /** A new block for n entries. */
    public static int[] ints(int n) {
        return new int[(n + PADDING - 1) / PADDING * PADDING];
    }

    /** New blocks for n entries each. */
    public static float[][] columns(int count, int n) {
        float[][] columns = new float[count][];
        Arrays.setAll(columns, i -> floats(n));
        return columns;
    }

    /** New blocks for n entries each. */
    public static int[][] intColumns(int count, int n) {
        int[][] columns = new int[count][];
        Arrays.setAll(columns, i -> ints(n));
        return columns;
    }

    /** A new block all of whose n entries are the value. */
    public static float[] filled(float value, int n) {
        float[] block = floats(n);
        Arrays.fill(block, value);
        return block;
    }

    /** A new block all of whose n entries are the value. */
    public static int[] filled(int value, int n) {
        int[] block = ints(n);
        Arrays.fill(block, value);
        return block;
    }

    /** {@code eˣ}; ≤ 2 ulp. */
    public static void exp(float[] x, float[] out, int n) {
        MATH.exp(x, out, n);
    }

    /** {@code eˣ − 1}; ≤ 2 ulp. */
    public static void expm1(float[] x, float[] out, int n) {
        MATH.expm1(x, out, n);
    }

    /** {@code log x}; ≤ 2 ulp. */
    public static void log(float[] x, float[] out, int n) {
        MATH.log(x, out, n);
    }

    /** {@code log(1 + x)}; ≤ 2 ulp. */
    public static void log1p(float[] x, float[] out, int n) {
        MATH.log1p(x, out, n);
    }

    /** {@code 1 / (1 + e⁻ˣ)}; ≤ 2 ulp. */
    public static void sigmoid(float[] x, float[] out, int n) {
        minusAbs(x, out, n);
        MATH.exp(out, out, n);
        sigmoidOfExp(x, out, out, n);
    }

    /** {@code log(1 + eˣ)}; ≤ 2 ulp. */
    public static void softplus(float[] x, float[] out, int n) {
        minusAbs(x, out, n);
        MATH.exp(out, out, n);
        log1pOfUnit(out, out, n);
        addPositivePart(x, out, n);
    }

    /** {@link #softplus} and its derivative {@link #sigmoid}, for little more than one of them. */
    public static void softplusAndSigmoid(float[] x, float[] softplus, float[] sigmoid, int n) {
        minusAbs(x, sigmoid, n);
        MATH.exp(sigmoid, sigmoid, n);
        log1pOfUnit(sigmoid, softplus, n);
        addPositivePart(x, softplus, n);
        sigmoidOfExp(x, sigmoid, sigmoid, n);
    }

    /** {@code log(1 / (1 + e⁻ˣ))}; ≤ 2 ulp. */
    public static void logSigmoid(float[] x, float[] out, int n) {
        minusAbs(x, out, n);
        MATH.exp(out, out, n);
        log1pOfUnit(out, out, n);
        for (int i = 0; i < n; i++) {
            out[i] = -(Math.max(-x[i], 0) + out[i]);
        }
    }

    /** {@code tanh x}; ≤ 2 ulp. */
    public static void tanh(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = -2 * Math.abs(x[i]);
        }
        MATH.expm1(out, out, n);
        for (int i = 0; i < n; i++) {
            float numerator = -out[i];
            float divisor = 2 - numerator;
            float lost = (2 - divisor) - numerator;
            float inverse = 1 / divisor;
            float quotient = numerator * inverse;
            float remainder = Math.fma(-quotient, lost, Math.fma(-quotient, divisor, numerator));
            out[i] = Math.signum(x[i]) * Math.fma(remainder, inverse, quotient);
        }
    }

    private static void minusAbs(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = -Math.abs(x[i]);
        }
    }

    /** {@code log(1 + x)} for {@code 0 ≤ x ≤ 1}. */
    private static void log1pOfUnit(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[i];
            float p = Math.fma(v, Polynomials.U9, Polynomials.U8);
            p = Math.fma(v, p, Polynomials.U7);
            p = Math.fma(v, p, Polynomials.U6);
            p = Math.fma(v, p, Polynomials.U5);
            p = Math.fma(v, p, Polynomials.U4);
            p = Math.fma(v, p, Polynomials.U3);
            p = Math.fma(v, p, Polynomials.U2);
            p = Math.fma(v, p, Polynomials.U1);
            out[i] = Math.fma(v * v, p, v);
        }
    }

    private static void addPositivePart(float[] x, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += Math.max(x[i], 0);
        }
    }

    /** The sigmoid of x, given {@code e = exp(−|x|)}: 1 / (1 + e) from 0 on, e / (1 + e) below, without a branch. */
    private static void sigmoidOfExp(float[] x, float[] e, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            float numerator = Math.max(0.5f + 0.5f * Math.signum(x[i]), e[i]);
            float divisor = 1 + e[i];
            float lost = e[i] - (divisor - 1);
            float inverse = 1 / divisor;
            float quotient = numerator * inverse;
            float remainder = Math.fma(-quotient, lost, Math.fma(-quotient, divisor, numerator));
            out[i] = Math.fma(remainder, inverse, quotient);
        }
    }

    /** {@code x · log y}, and 0 where {@code x = 0} and {@code y ≥ 0}. */
    public static void xlogy(float[] x, float[] y, float[] out, int n) {
        MATH.log(y, out, n);
        for (int i = 0; i < n; i++) {
            out[i] = x[i] == 0 && y[i] >= 0 ? 0 : x[i] * out[i];
        }
    }

    /** {@code x · log(1 + y)}, and 0 where {@code x = 0} and {@code y ≥ −1}. */
    public static void xlog1py(float[] x, float[] y, float[] out, int n) {
        MATH.log1p(y, out, n);
        for (int i = 0; i < n; i++) {
            out[i] = x[i] == 0 && y[i] >= -1 ? 0 : x[i] * out[i];
        }
    }

    /** {@code x / y}, and 0 where {@code x = 0} and y is not NaN. */
    public static void xdivy(float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = Scalars.xdivy(x[i], y[i]);
        }
    }

    /** {@code log(x / y)}. */
    public static void logQuotient(float[] x, float[] y, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] / y[i];
        }
        MATH.log(out, out, n);
        for (int i = 0; i < n; i++) {
            // Of a quotient that overflows or loses digits: its logarithm is beyond these bounds.
            if (!(Math.abs(out[i]) < 87)) {
                out[i] = Scalars.logQuotient(x[i], y[i]);
            }
        }
    }

    /** {@code x · log(x / y)}, and 0 where {@code x = 0} and y is not NaN. */
    public static void relativeEntropy(float[] x, float[] y, float[] out, int n) {
        logQuotient(x, y, out, n);
        for (int i = 0; i < n; i++) {
            out[i] = x[i] == 0 && !Float.isNaN(y[i]) ? 0 : x[i] * out[i];
        }
    }

    /** The mask {@code a < b}. */
    public static void less(float[] a, float[] b, float[] mask, int n) {
        MATH.less(a, b, mask, n);
    }

    /** The mask {@code a <= b}. */
    public static void lessOrEqual(float[] a, float[] b, float[] mask, int n) {
        MATH.lessOrEqual(a, b, mask, n);
    }

    /** The mask {@code a == b}. */
    public static void equal(float[] a, float[] b, float[] mask, int n) {
        MATH.equal(a, b, mask, n);
    }

    /** The mask {@code a < b}. */
    public static void less(int[] a, int[] b, float[] mask, int n) {
        MATH.less(a, b, mask, n);
    }

    /** The mask {@code a == b}. */
    public static void equal(int[] a, int[] b, float[] mask, int n) {
        MATH.equal(a, b, mask, n);
    }

    /** {@code mask ? x : y}. */
    public static void select(float[] mask, float[] x, float[] y, float[] out, int n) {
        MATH.select(mask, x, y, out, n);
    }

    /** {@code mask ? x : y}. */
    public static void select(float[] mask, int[] x, int[] y, int[] out, int n) {
        MATH.select(mask, x, y, out, n);
    }

    /** {@code a < b ? x : y}. */
    public static void selectLess(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        MATH.selectLess(a, b, x, y, out, n);
    }

    /** {@code a <= b ? x : y}. */
    public static void selectLessOrEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        MATH.selectLessOrEqual(a, b, x, y, out, n);
    }

    /** {@code a == b ? x : y}. */
    public static void selectEqual(float[] a, float[] b, float[] x, float[] y, float[] out, int n) {
        MATH.selectEqual(a, b, x, y, out, n);
    }

    /**
     * {@code sums[offset + k] += x[k]}, by way of a scratch block: the JIT compiler vectorises only loops with one
     * index for all arrays.
     */
    public static void add(float[] x, float[] sums, int offset, float[] scratch, int n) {
        System.arraycopy(sums, offset, scratch, 0, n);
        for (int k = 0; k < n; k++) {
            scratch[k] += x[k];
        }
        System.arraycopy(scratch, 0, sums, offset, n);
    }

    /** The sum of the entries. */
    public static double sum(float[] x, int n) {
        return MATH.sum(x, n);
    }

    /** The product of the entries. */
    public static double product(float[] x, int n) {
        double product = 1;
        for (int i = 0; i < n; i++) {
            product *= x[i];
        }
        return product;
    }

    /** The greatest entry, NaN if any is; −∞ of none. */
    public static float max(float[] x, int n) {
        return MATH.max(x, n);
    }

    /** The least entry, NaN if any is; +∞ of none. */
    public static float min(float[] x, int n) {
        return MATH.min(x, n);
    }

    /** The greatest of the n entries of an array from {@code from} on, NaN passed over; −∞ of none. */
    public static float peak(float[] x, int from, int n) {
        return MATH.peak(x, from, n);
    }

    /**
     * The first position from {@code from} on, of n, at which an array has a value.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static int position(float value, float[] x, int from, int n) {
        for (int i = from; i < from + n; i++) {
            if (x[i] == value) {
                return i;
            }
        }
        throw new IllegalArgumentException(value + " is not in the array");
    }

    /**
     * {@code out[i] = e^(x[from + i] − shift)} for n entries of an array x, and their sum.
     *
     * @param out a block
     */
    public static double exponentials(float[] x, int from, float shift, float[] out, int n) {
        return MATH.exponentials(x, from, shift, out, n);
    }

    /** {@code out[to + i] = factor · x[i]} for the n entries of a block, into an array. */
    public static void scaled(float[] x, float factor, float[] out, int to, int n) {
        MATH.scaled(x, factor, out, to, n);
    }
}
