package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceNormal;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Functions of each value by number, which TornadoVM bakes into the kernel. */
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
            float y = 0f;
            if (function == TANH) {
                y = DeviceMath.tanh(x);
            } else if (function == SIGMOID) {
                y = DeviceMath.sigmoid(x);
            } else if (function == GELU) {
                y = x == Float.NEGATIVE_INFINITY ? 0f : x * DeviceNormal.normalCdf(x);
            } else if (function == LEAKY_RELU) {
                y = x > 0f ? x : LEAK * x;
            } else {
                y = DeviceMath.softplus(x);
            }
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
            float slope = 0f;
            if (function == TANH) {
                slope = 1f - y * y;
            } else if (function == SIGMOID) {
                slope = y * (1f - y);
            } else if (function == GELU) {
                slope = slopeOfGelu(x);
            } else if (function == LEAKY_RELU) {
                slope = x > 0f ? 1f : x != x ? x : LEAK;
            } else {
                slope = DeviceMath.sigmoid(x);
            }
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
