package dev.lossforge.runtime.cpu.internal.kernel;

/** The kernels on the Vector API, with vectors of the length the processor prefers. */
final class VectorKernels implements Kernels {
    private final QuadKernels quads = new VectorQuadKernels();

    @Override
    public int lanes() {
        return VectorMultiply.LANES;
    }

    @Override
    public int panelWidth() {
        return VectorMultiply.PANEL_WIDTH;
    }

    @Override
    public int pieceLength() {
        return VectorRows.LONGEST;
    }

    @Override
    public void multiply(float[] a, int[] rows, int count, Segments segments, float[] b, int panels, float[] c) {
        VectorMultiply.multiply(a, rows, count, segments, b, panels, c);
    }

    @Override
    public void addScaledRows(
            float[] target, int at, float[] source, int shift, Terms terms, int from, int to, int length) {
        VectorRows.addScaledRows(target, at, source, shift, terms.offsets(), terms.factors(), from, to, length);
    }

    @Override
    public void copyRows(
            float[] source, int at, int[] offsets, Segments lines, float[] target, int targetAt, int stride) {
        VectorCopy.copyRows(source, at, offsets, lines, target, targetAt, stride);
    }

    @Override
    public void sigmoid(float[] values, int from, int to) {
        VectorFunctions.sigmoid(values, from, to);
    }

    @Override
    public void tanh(float[] values, int from, int to) {
        VectorFunctions.tanh(values, from, to);
    }

    @Override
    public void reduceWindows(
            Windows windows,
            float[] rows,
            int rowsAt,
            int rowStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        int vectorChannels = windows.channels() - windows.channels() % lanes();
        VectorWindows.reduce(
                windows, vectorChannels, rows, rowsAt, rowStride, bias, biasAt, relu, target, winners, targetAt);
        PlainWindows.reduce(
                windows, vectorChannels, rows, rowsAt, rowStride, bias, biasAt, relu, target, winners, targetAt);
    }

    @Override
    public QuadKernels quads() {
        return quads;
    }
}
