package dev.lossforge.runtime.kernel;

/**
 * {@code log Σ exp x} without overflow, block by block: keeps the greatest value so far and the sum of the exponentials
 * relative to it. −∞ of nothing, and of −∞ alone; +∞ if any value is; NaN if any value is.
 */
public final class LogSumExp {
    private static final float NONE = Float.NEGATIVE_INFINITY;

    private float max = NONE;
    private double sum;

    /** Begins anew. */
    public void start() {
        max = NONE;
        sum = 0;
    }

    /** Takes one value. */
    public void add(float x) {
        if (raise(x)) {
            sum += Math.exp((double) x - max);
        }
    }

    /** Takes n values; the block {@code scratch} is overwritten. */
    public void add(float[] x, float[] scratch, int n) {
        if (n > 0 && raise(Blocks.max(x, n))) {
            float shift = max;
            for (int k = 0; k < n; k++) {
                scratch[k] = x[k] - shift;
            }
            Blocks.exp(scratch, scratch, n);
            sum += Blocks.sum(scratch, n);
        }
    }

    /** Makes the maximum at least x; false if the sum of exponentials has no meaning, being that of infinities. */
    private boolean raise(float x) {
        float greater = Math.max(max, x);
        if (greater != max && max != NONE) {
            sum *= Math.exp((double) max - greater);
        }
        max = greater;
        return Math.abs(max) <= Float.MAX_VALUE;
    }

    /** The value so far. */
    public float value() {
        return Math.abs(max) <= Float.MAX_VALUE ? (float) (max + Math.log(sum)) : max;
    }

    /** What the value so far is above the greatest value: {@code log Σ exp(x − max)}; 0 where that is infinite. */
    public float excess() {
        return Math.abs(max) <= Float.MAX_VALUE ? (float) Math.log(sum) : Float.isNaN(max) ? max : 0;
    }
}
