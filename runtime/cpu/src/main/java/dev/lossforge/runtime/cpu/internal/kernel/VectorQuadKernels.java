package dev.lossforge.runtime.cpu.internal.kernel;

/** The kernels for windows of four on the Vector API. */
final class VectorQuadKernels implements QuadKernels {

    @Override
    public void multiplyWindows(
            Windows windows,
            float[] image,
            int at,
            int[] corners,
            int[] taps,
            float[] weights,
            float[] bias,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        int width = VectorMultiply.PANEL_WIDTH;
        int channels = windows.channels();
        float[] lastTarget = new float[width];
        int[] lastWinners = new int[width];
        for (int window = 0; window < windows.count(); window++) {
            int row = 4 * window;
            int[] rows = windows.table();
            int a0 = at + corners[rows[row]];
            int a1 = at + corners[rows[row + 1]];
            int a2 = at + corners[rows[row + 2]];
            int a3 = at + corners[rows[row + 3]];
            int result = targetAt + window * channels;
            int c = 0;
            for (; c + width <= channels; c += width) {
                VectorQuads.multiply(
                        image,
                        a0,
                        a1,
                        a2,
                        a3,
                        taps,
                        weights,
                        c * taps.length,
                        bias,
                        c,
                        relu,
                        rows,
                        row,
                        target,
                        winners,
                        result + c);
            }
            if (c < channels) {
                VectorQuads.multiply(
                        image,
                        a0,
                        a1,
                        a2,
                        a3,
                        taps,
                        weights,
                        c * taps.length,
                        bias,
                        c,
                        relu,
                        rows,
                        row,
                        lastTarget,
                        lastWinners,
                        0);
                System.arraycopy(lastTarget, 0, target, result + c, channels - c);
                System.arraycopy(lastWinners, 0, winners, result + c, channels - c);
            }
        }
    }

    @Override
    public void addTapGradients(
            Windows windows,
            float[] image,
            int at,
            int[] corners,
            int[] taps,
            int firstTap,
            float[] gradients,
            int[] winners,
            int resultsAt,
            float[] sums,
            int columns,
            int sumsAt) {
        int c = 0;
        for (; c + VectorMultiply.LANES <= windows.channels(); c += VectorMultiply.LANES) {
            VectorQuads.addTapGradients(
                    windows,
                    image,
                    at,
                    corners,
                    taps,
                    firstTap,
                    gradients,
                    winners,
                    resultsAt + c,
                    sums,
                    columns,
                    sumsAt + c);
        }
        for (; c < windows.channels(); c++) {
            VectorQuads.addTapGradientsOfChannel(
                    windows,
                    image,
                    at,
                    corners,
                    taps,
                    firstTap,
                    gradients,
                    winners,
                    resultsAt + c,
                    sums,
                    columns,
                    sumsAt + c);
        }
    }

    @Override
    public void transformTiles(
            float[] image,
            int[] corners,
            int count,
            int lineStride,
            int channels,
            float[] target,
            int positionStride,
            int rowStride) {
        for (int tile = 0; tile < count; tile++) {
            VectorTiles.transform(image, corners[tile], lineStride, channels, target, tile * rowStride, positionStride);
        }
    }

    @Override
    public void multiplyTiles(
            float[] a,
            int positionStride,
            int rowStride,
            int count,
            int channels,
            float[][] b,
            int panels,
            float[] c,
            int productStride) {
        for (int p = 0; p < b.length; p++) {
            VectorMultiply.multiplyMatrix(
                    a, p * positionStride, rowStride, count, channels, b[p], panels, c, p * productStride);
        }
    }

    @Override
    public void reduceTile(
            Windows windows,
            int window,
            float[] products,
            int at,
            int positionStride,
            float[] bias,
            int biasAt,
            boolean relu,
            float[] target,
            int[] winners,
            int targetAt) {
        int channels = windows.channels();
        int whole = channels - channels % VectorMultiply.LANES;
        int[] rows = windows.table();
        VectorTiles.reduce(
                products, at, positionStride, rows, 4 * window, bias, biasAt, relu, target, winners, targetAt, whole);
        if (whole < channels) {
            VectorTiles.reduceRest(
                    products,
                    at,
                    positionStride,
                    rows,
                    4 * window,
                    bias,
                    biasAt,
                    relu,
                    target,
                    winners,
                    targetAt,
                    whole,
                    channels);
        }
    }
}
