package dev.lossforge.runtime.cpu.internal.kernel;

/**
 * Packs a matrix with one row per output into the order in which {@link Kernels#multiply} reads it: panels of
 * {@code width} outputs. In each panel, the outputs' values for input 0 come first, then those for input 1, and so on.
 * The last panel is padded with outputs of zeros.
 */
public record PanelPacking(int outputs, int inputs, int rowStride, int width) {

    /** The number of panels. */
    public int panels() {
        return (outputs + width - 1) / width;
    }

    /** The number of floats in all panels. */
    public int size() {
        return panels() * width * inputs;
    }

    /** Packs the panels {@code from} to {@code to - 1} of the matrix whose first row begins at {@code at}. */
    public void pack(float[] matrix, int at, int from, int to, float[] packed) {
        for (int panel = from; panel < to; panel++) {
            int first = panel * width;
            int present = Math.min(width, outputs - first);
            for (int j = 0; j < present; j++) {
                packRow(matrix, at + (first + j) * rowStride, packed, panel * width * inputs + j);
            }
        }
    }

    /** As {@link #pack}, for the transposed matrix: one row per input, the rows {@code rowStride} apart. */
    public void packTransposed(float[] matrix, int at, int from, int to, float[] packed) {
        for (int panel = from; panel < to; panel++) {
            int first = panel * width;
            int present = Math.min(width, outputs - first);
            for (int k = 0; k < inputs; k++) {
                int target = (panel * inputs + k) * width;
                System.arraycopy(matrix, at + k * rowStride + first, packed, target, present);
            }
        }
    }

    private void packRow(float[] matrix, int source, float[] packed, int target) {
        for (int k = 0; k < inputs; k++) {
            packed[target + k * width] = matrix[source + k];
        }
    }
}
