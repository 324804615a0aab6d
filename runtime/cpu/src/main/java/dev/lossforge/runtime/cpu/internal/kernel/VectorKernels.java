package dev.lossforge.runtime.cpu.internal.kernel;

/** The kernels on the Vector API, with vectors of the length the processor prefers. */
final class VectorKernels implements Kernels {
    private final QuadKernels quads = new VectorQuadKernels();
    private final PatchKernels patches = new VectorPatchKernels();

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
    public void apply(ElementFunction function, float[] source, int from, float[] target, int at, int length) {
        VectorActivations.apply(function, source, from, target, at, length);
    }

    @Override
    public void multiplySlopes(
            ElementFunction function,
            float[] source,
            int from,
            float[] gradients,
            int gradientsFrom,
            float[] target,
            int at,
            int length) {
        VectorActivations.multiplySlopes(function, source, from, gradients, gradientsFrom, target, at, length);
    }

    @Override
    public void rectify(float[] source, int from, float[] target, int at, int length) {
        VectorElements.rectify(source, from, target, at, length);
    }

    @Override
    public void rectifyBack(float[] gradients, float[] results, int from, float[] target, int at, int length) {
        VectorElements.rectifyBack(gradients, results, from, target, at, length);
    }

    @Override
    public void addMoments(float[] values, int from, int rows, int channels, double[] sums, int at) {
        VectorElements.addMoments(values, from, rows, channels, sums, at);
    }

    @Override
    public void addProducts(
            float[] gradients,
            int gradientsFrom,
            float[] values,
            int from,
            int rows,
            int channels,
            double[] means,
            double[] sums,
            int at) {
        VectorElements.addProducts(gradients, gradientsFrom, values, from, rows, channels, means, sums, at);
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

    @Override
    public PatchKernels patches() {
        return patches;
    }
}
