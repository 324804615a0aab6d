package dev.lossforge.runtime.cpu.internal.kernel;

/** The products row by row, each a sum of scaled rows. */
final class PlainPatchKernels implements PatchKernels {

    @Override
    public void addTransposedProducts(
            float[] target,
            int at,
            int targetStride,
            int channels,
            float[] factors,
            int[] factorRows,
            float[] source,
            int[] rows,
            int shift,
            int count,
            int length) {
        float[] column = new float[count];
        for (int c = 0; c < channels; c++) {
            for (int p = 0; p < count; p++) {
                column[p] = factors[factorRows[p] + c];
            }
            PlainRows.addScaledRows(target, at + c * targetStride, source, shift, rows, column, 0, count, length);
        }
    }

    @Override
    public void addProducts(
            float[] target,
            int[] rows,
            int shift,
            float[] factors,
            int[] factorRows,
            int count,
            float[] source,
            int at,
            int sourceStride,
            int channels,
            int length) {
        int[] offsets = new int[channels];
        for (int c = 0; c < channels; c++) {
            offsets[c] = at + c * sourceStride;
        }
        float[] own = new float[channels];
        for (int p = 0; p < count; p++) {
            System.arraycopy(factors, factorRows[p], own, 0, channels);
            PlainRows.addScaledRows(target, rows[p] + shift, source, 0, offsets, own, 0, channels, length);
        }
    }
}
