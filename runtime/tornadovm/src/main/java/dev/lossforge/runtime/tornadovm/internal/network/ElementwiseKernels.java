package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceNormal;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Functions of each value. The function's number is a constant that TornadoVM compiles into the kernel. */
@SuppressWarnings("IdentityBinaryExpression") // x != x is the test for NaN that TornadoVM gets right
final class ElementwiseKernels {
    static final int TANH = 0;
    static final int SIGMOID = 1;
    static final int GELU = 2;
    static final int LEAKY_RELU = 3;
    static final int SOFTPLUS = 4;

    private static final float LEAK = 0.01f;
    /** {@code 1 / sqrt(2π)}. */
    private static final float DENSITY_AT_0 = 0.3989423f;

    private ElementwiseKernels() {}

    static void forward(KernelContext c, FloatArray input, FloatArray output, int function, int size, IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            float x = input.get(at);
            float y = switch (function) {
                case TANH -> DeviceMath.tanh(x);
                case SIGMOID -> DeviceMath.sigmoid(x);
                case GELU -> x == Float.NEGATIVE_INFINITY ? 0f : x * DeviceNormal.normalCdf(x);
                case LEAKY_RELU -> x > 0f ? x : LEAK * x;
                default -> DeviceMath.softplus(x);
            };
            output.set(at, y);
        }
    }

    static void backward(
            KernelContext c,
            FloatArray input,
            FloatArray output,
            FloatArray outputGradient,
            FloatArray inputGradient,
            int function,
            int size,
            IntArray batch) {
        int count = batch.get(0) * size;
        for (int at = c.globalIdx; at < count; at += c.globalGroupSizeX) {
            float x = input.get(at);
            float y = output.get(at);
            float slope = switch (function) {
                case TANH -> 1f - y * y;
                case SIGMOID -> y * (1f - y);
                case GELU -> slopeOfGelu(x);
                case LEAKY_RELU -> x > 0f ? 1f : x != x ? x : LEAK;
                default -> DeviceMath.sigmoid(x);
            };
            inputGradient.set(at, outputGradient.get(at) * slope);
        }
    }

    private static float slopeOfGelu(float x) {
        if (x - x != 0f) {
            return x > 0f ? 1f : x < 0f ? 0f : x;
        }
        return DeviceNormal.normalCdf(x) + x * (DENSITY_AT_0 * DeviceMath.exp(-0.5f * x * x));
    }
}
