package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Rows to be added up, each with its factor: row {@code e} begins at {@code offsets[e]} of an array that is known from
 * the context. The arrays are filled anew for every use.
 */
public final class Terms {
    private final int[] offsets;
    private final float[] factors;

    Terms(int[] offsets, float[] factors) {
        this.offsets = offsets;
        this.factors = factors;
    }

    public static Terms ofCapacity(int capacity) {
        return new Terms(new int[capacity], new float[capacity]);
    }

    public int[] offsets() {
        return offsets;
    }

    public float[] factors() {
        return factors;
    }
}
