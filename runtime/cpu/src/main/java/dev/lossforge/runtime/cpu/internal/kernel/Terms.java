package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Rows to add up, each with its factor: row {@code e} begins at {@code offsets[e]} of an array given by the context.
 * The arrays are filled again for every use.
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
