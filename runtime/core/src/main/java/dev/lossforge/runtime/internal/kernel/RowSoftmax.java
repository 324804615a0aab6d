package dev.lossforge.runtime.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The softmax of a row and the logarithm of its denominator, block by block: keeps the greatest value m so far, the sum
 * of {@code e^(x − m)}, and these exponentials themselves, so that a gradient needs only to scale them.
 *
 * <pre>{@code
 * softmax.start();
 * for (int i = 0; i < length; i += Blocks.SIZE) softmax.add(x, i, Math.min(Blocks.SIZE, length - i));
 * float logSumExp = softmax.max() + softmax.excess();
 * for (int i = 0; i < length; i += Blocks.SIZE) softmax.store(i, scale, gradient, i, Math.min(Blocks.SIZE, length - i));
 * }</pre>
 *
 * <p>A NaN in the row makes all results NaN. If the greatest value is +∞, the softmax is NaN where that value is and 0
 * elsewhere; if it is −∞, the softmax is NaN.
 */
public final class RowSoftmax {
    private final List<Part> parts = new ArrayList<>();
    private int used;
    private float max = Float.NEGATIVE_INFINITY;
    /** The sum of the exponentials relative to the greatest value, without that value's own, which is 1. */
    private double rest;

    /** Exponentials relative to the greatest value when they were computed. */
    private static final class Part {
        private final float[] exponentials = Blocks.floats(Blocks.SIZE);
        private float max;
    }

    /** Begins a row. */
    public void start() {
        used = 0;
        max = Float.NEGATIVE_INFINITY;
        rest = 0;
    }

    /** Takes the next {@link Blocks#SIZE} values of the row, or its last n: entries of x from {@code from} on. */
    public void add(float[] x, int from, int n) {
        if (used == parts.size()) {
            parts.add(new Part());
        }
        Part part = parts.get(used++);
        float peak = Blocks.peak(x, from, n);
        boolean raises = peak > max;
        if (raises) {
            raise(peak);
        }
        part.max = max;
        float shift = max == Float.NEGATIVE_INFINITY ? 0 : max;
        double added = Blocks.exponentials(x, from, shift, part.exponentials, n);
        if (Double.isNaN(added) && hasNaN(x, from, n)) {
            max = Float.NaN;
        }
        if (raises && !(added > 2)) {
            added = withoutPeak(part.exponentials, Blocks.position(peak, x, from, n) - from, n);
        } else if (raises) {
            added -= 1;
        }
        rest += added;
    }

    private void raise(float greater) {
        rest = max == Float.NEGATIVE_INFINITY ? 0 : (rest + 1) * Math.exp((double) max - greater);
        max = greater;
    }

    /**
     * The sum of all but one of some exponentials: that one is 1, and the others may be far below its last place. Where
     * they add up to more than 1, to subtract it from the sum of all is as good.
     */
    private static double withoutPeak(float[] exponentials, int peak, int n) {
        float one = exponentials[peak];
        exponentials[peak] = 0;
        double sum = Blocks.sum(exponentials, n);
        exponentials[peak] = one;
        return sum;
    }

    /** An infinite greatest value makes NaN exponentials too, of differences of infinities. */
    private static boolean hasNaN(float[] x, int from, int n) {
        for (int i = from; i < from + n; i++) {
            if (Float.isNaN(x[i])) {
                return true;
            }
        }
        return false;
    }

    /** The greatest value; −∞ of none. */
    public float max() {
        return max;
    }

    /** What log-sum-exp is above the greatest value: {@code log Σ e^(x − max)}; 0 where that is infinite. */
    public float excess() {
        if (!Float.isFinite(max)) {
            return Float.isNaN(max) ? max : 0;
        }
        // The JIT compiler has the logarithm at hand; log1p is a slow call.
        return (float) (rest > 1 ? Math.log(1 + rest) : Math.log1p(rest));
    }

    /** What the softmax of a block is a multiple of, by {@link #factor}; {@code at} is where it begins in the row. */
    public float[] exponentials(int at) {
        return parts.get(at / Blocks.SIZE).exponentials;
    }

    /** What the {@link #exponentials} of a block are multiplied by to become its softmax. */
    public float factor(int at) {
        float partMax = parts.get(at / Blocks.SIZE).max;
        if (Float.isInfinite(max)) {
            return max < 0 ? Float.NaN : partMax == max ? 1 : 0;
        }
        return (float) ((partMax == max ? 1 : Math.exp((double) partMax - max)) / (1 + rest));
    }

    /** Writes a multiple of the softmax of a block to the n entries of an array from {@code to} on. */
    public void store(int at, float multiple, float[] out, int to, int n) {
        Blocks.scaled(exponentials(at), multiple * factor(at), out, to, n);
    }
}
