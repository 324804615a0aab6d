package dev.lossforge.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lossforge.runtime.internal.kernel.Parallel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** A prediction on its way from the engine to a kernel, and its gradient on the way back, by ranges of units. */
final class EngineCopy {
    private final NDArray output;
    private final float[] prediction;
    private final float[] gradient;
    private final int unitSize;
    private final FloatBuffer source;
    private final FloatBuffer target;

    /** The engine's own memory for the gradient; null if it cannot be written to. */
    private final @Nullable NDArray written;

    /** The bytes of the gradient, for an engine whose memory cannot be written to. */
    private final ByteBuffer bytes;

    /**
     * @param prediction the array for the prediction
     * @param gradient the array with its gradient
     * @param unitSize the values of one unit of the loss
     */
    EngineCopy(NDArray output, float[] prediction, float[] gradient, int unitSize) {
        this.output = output;
        this.prediction = prediction;
        this.gradient = gradient;
        this.unitSize = unitSize;
        this.source = floats(output);
        NDManager manager = output.getManager();
        // PyTorch's backward pass takes half as long with memory of its own as with memory of Java.
        this.written = isWritable(manager) ? manager.create(new Shape(gradient.length), DataType.FLOAT32) : null;
        this.bytes =
                written == null ? ByteBuffer.allocateDirect(Float.BYTES * gradient.length) : written.toByteBuffer(true);
        this.target = bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** The values of an array of any type. */
    static FloatBuffer floats(NDArray array) {
        return array.toType(DataType.FLOAT32, false)
                .toByteBuffer(true)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Whether the bytes of an array are the array itself, not a copy; on a GPU they are not. */
    private static boolean isWritable(NDManager manager) {
        try (NDArray probe = manager.create(0f)) {
            ByteBuffer bytes = probe.toByteBuffer(true).order(ByteOrder.nativeOrder());
            if (bytes.isReadOnly()) {
                return false;
            }
            bytes.putFloat(0, 1);
            return probe.getFloat() == 1;
        }
    }

    /** Copies these units of the prediction from the engine. */
    void read(int fromUnit, int toUnit) {
        copy(fromUnit, toUnit, (from, count) -> source.get(from, prediction, from, count));
    }

    /** Copies these units of the gradient to the engine. */
    void write(int fromUnit, int toUnit) {
        copy(fromUnit, toUnit, (from, count) -> target.put(from, gradient, from, count));
    }

    /** A part of a copy. */
    @FunctionalInterface
    private interface Part {
        void run(int from, int count);
    }

    /** A loss over the batch is one large unit, which all threads copy. */
    private void copy(int fromUnit, int toUnit, Part part) {
        int from = fromUnit * unitSize;
        int length = toUnit * unitSize - from;
        if (length < prediction.length) {
            part.run(from, length);
        } else {
            Parallel.run(Parallel.parts(length, length), length, (number, first, end) -> part.run(first, end - first));
        }
    }

    /** The sum of the products, whose derivative with respect to the output is the gradient. */
    NDArray product() {
        NDArray array = written == null
                ? output.getManager().create(bytes, new Shape(gradient.length), DataType.FLOAT32)
                : written;
        return output.flatten().dot(array);
    }
}
