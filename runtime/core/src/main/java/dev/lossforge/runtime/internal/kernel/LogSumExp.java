package dev.lossforge.runtime.internal.kernel;

/**
 * {@code log Σ exp x} without overflow, block by block: keeps the greatest value so far and the sum of the exponentials
 * relative to it. −∞ of nothing, and of −∞ alone; +∞ if any value is; NaN if any value is.
 *
 * <p>The sum leaves out one of the greatest values, whose exponential is 1: what the others add to it may be far below
 * the last place of 1, as in {@code log Σ exp x − x₀} of a sample that is classified well.
 */
public final class LogSumExp {
    private float max = Float.NEGATIVE_INFINITY;
    private double rest;

    /** Begins anew. */
    public void start() {
        max = Float.NEGATIVE_INFINITY;
        rest = 0;
    }

    /** Takes one value. */
    public void add(float x) {
        if (!(x <= max)) {
            raise(x);
        } else if (isFinite()) {
            rest += Math.exp((double) x - max);
        }
    }

    /** Takes n values; the block {@code scratch} is overwritten. */
    public void add(float[] x, float[] scratch, int n) {
        if (n == 0) {
            return;
        }
        float greatest = Blocks.max(x, n);
        boolean raises = !(greatest <= max);
        if (raises) {
            raise(greatest);
        }
        if (isFinite()) {
            float shift = max;
            for (int k = 0; k < n; k++) {
                scratch[k] = x[k] - shift;
            }
            Blocks.exp(scratch, scratch, n);
            if (raises) {
                scratch[Blocks.position(greatest, x, 0, n)] = 0;
            }
            rest += Blocks.sum(scratch, n);
        }
    }

    private boolean isFinite() {
        return Math.abs(max) <= Float.MAX_VALUE;
    }

    /** Makes a greater value, or NaN, the greatest. */
    private void raise(float greater) {
        rest = isFinite() ? (rest + 1) * Math.exp((double) max - greater) : 0;
        max = Math.max(max, greater);
    }

    /** The value so far. */
    public float value() {
        return isFinite() ? (float) (max + Math.log1p(rest)) : max;
    }

    /** What the value so far is above the greatest value: {@code log Σ exp(x − max)}; 0 where that is infinite. */
    public float excess() {
        return isFinite() ? (float) Math.log1p(rest) : Float.isNaN(max) ? max : 0;
    }
}
