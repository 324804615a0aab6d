package dev.lossforge.benchmarks.gpu;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLossDeviceKernels;
import dev.lossforge.losses.HuberLoss;
import dev.lossforge.losses.HuberLossDeviceKernels;
import dev.lossforge.losses.MeanSquaredErrorLoss;
import dev.lossforge.losses.MeanSquaredErrorLossDeviceKernels;
import dev.lossforge.losses.SmoothedSoftmaxCrossEntropyLoss;
import dev.lossforge.losses.SmoothedSoftmaxCrossEntropyLossDeviceKernels;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLossDeviceKernels;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A loss of the catalogue on a batch.
 *
 * @param name of the loss and the size, as PyTorch's scripts write it too
 * @param floats entries of one array
 * @param bytes that have to be moved for the value and the gradient: each input read and the gradient written once
 */
record LossCase(String name, LossFunction loss, DeviceKernels kernels, LossInputs inputs, int floats, double bytes) {

    /** Losses on elements, on arrays of so many MiB: {@code 256} or {@code 0.5}. */
    static List<LossCase> ofElements(String mebibytes) {
        int n = (int) Math.round(Double.parseDouble(mebibytes) * (1 << 18));
        String size = mebibytes + " MiB";
        Tensor predictions = random(n, 1, 4, 0);
        LossInputs residuals = LossInputs.of(predictions, random(n, 2, 4, 0));
        LossInputs odds = LossInputs.of(predictions, random(n, 3, 0.5f, 0.5f));
        double bytes = 12.0 * n;
        return List.of(
                new LossCase(
                        "mean squared error, " + size,
                        new MeanSquaredErrorLoss(),
                        new MeanSquaredErrorLossDeviceKernels(),
                        residuals,
                        n,
                        bytes),
                new LossCase("Huber, " + size, new HuberLoss(), new HuberLossDeviceKernels(), residuals, n, bytes),
                new LossCase(
                        "binary cross-entropy with logits, " + size,
                        new BinaryCrossEntropyWithLogitsLoss(),
                        new BinaryCrossEntropyWithLogitsLossDeviceKernels(),
                        odds,
                        n,
                        bytes));
    }

    /** Losses on rows, with a class for each. */
    static List<LossCase> ofRows(int rows, int columns) {
        String size = rows + " x " + columns;
        int n = Math.multiplyExact(rows, columns);
        int[] labels = new int[rows];
        IntStream.range(0, rows).parallel().forEach(i -> labels[i] = Math.floorMod(mix(i * 31L + 7), columns));
        Tensor logits = Tensor.over(random(n, 1, 4, 0).array(), rows, columns);
        LossInputs inputs = LossInputs.of(logits, IntTensor.vector(labels));
        double bytes = 8.0 * n + 4.0 * rows;
        return List.of(
                new LossCase(
                        "softmax cross-entropy, " + size,
                        new SoftmaxCrossEntropyLoss(),
                        new SoftmaxCrossEntropyLossDeviceKernels(),
                        inputs,
                        n,
                        bytes),
                new LossCase(
                        "smoothed softmax cross-entropy, " + size,
                        new SmoothedSoftmaxCrossEntropyLoss(),
                        new SmoothedSoftmaxCrossEntropyLossDeviceKernels(),
                        inputs,
                        n,
                        bytes));
    }

    /** Numbers between {@code centre} ± {@code radius}, the same for the same seed. */
    private static Tensor random(int n, long seed, float radius, float centre) {
        float[] values = new float[n];
        IntStream.range(0, n)
                .parallel()
                .forEach(i -> values[i] = centre + radius * (mix(i * 2654435761L + seed * 40503L) / 0x1p31f));
        return Tensor.over(values, n);
    }

    private static int mix(long x) {
        long h = (x ^ (x >>> 31)) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (h >>> 32);
    }
}
