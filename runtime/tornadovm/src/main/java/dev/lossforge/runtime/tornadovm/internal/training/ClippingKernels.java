package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels that limit gradients. No method may have the name of an OpenCL function. The kernels for norms run in one
 * work-group for each slice of each region. {@code regions} holds the number of slices, then the first entry and the
 * size of each region. If a step is not applied, the kernels treat it as having no entries.
 *
 * <p>A norm is the root of {@code Σ (u·g)²}, divided by u. The unit u is the power of two that brings the largest
 * magnitude of the region between 1 and 4. The squares of large gradients then do not overflow, those of small ones do
 * not vanish, and products with u are exact.
 */
@SuppressWarnings("ShortCircuitBoolean") // TornadoVM miscompiles && and ||
final class ClippingKernels {
    private static final float LARGEST_UNIT = 0x1p126f;

    private ClippingKernels() {}

    /** Clamps every entry to {@code [-limit, limit]}. */
    static void limitValues(KernelContext c, FloatArray gradient, FloatArray limit, int size) {
        float max = limit.get(0);
        for (int at = c.globalIdx; at < size; at += c.globalGroupSizeX) {
            float g = gradient.get(at);
            gradient.set(at, g > max ? max : g < -max ? -max : g);
        }
    }

    /** The largest magnitude of each slice. */
    static void magnitudes(
            KernelContext c, FloatArray gradient, FloatArray results, FloatArray magnitudes, IntArray regions) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int slices = regions.get(0);
        int region = c.groupIdx / slices;
        int first = regions.get(1 + 2 * region);
        int end = results.get(StepResults.APPLIED) != 0f ? first + regions.get(2 + 2 * region) : first;
        int item = c.localIdx;
        int stride = slices * c.localGroupSizeX;
        float max = 0f;
        for (int at = first + (c.groupIdx % slices) * c.localGroupSizeX + item; at < end; at += stride) {
            float magnitude = TornadoMath.abs(gradient.get(at));
            max = magnitude > max ? magnitude : max;
        }
        tree[item] = max;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                float other = tree[item + distance];
                tree[item] = other > tree[item] ? other : tree[item];
            }
        }
        if (item == 0) {
            magnitudes.set(c.groupIdx, tree[0]);
        }
    }

    /** The sum of the squares of each slice, in the unit of its region. */
    static void squares(
            KernelContext c,
            FloatArray gradient,
            FloatArray results,
            FloatArray magnitudes,
            FloatArray squares,
            IntArray regions) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int slices = regions.get(0);
        int region = c.groupIdx / slices;
        int first = regions.get(1 + 2 * region);
        int end = results.get(StepResults.APPLIED) != 0f ? first + regions.get(2 + 2 * region) : first;
        int item = c.localIdx;
        int stride = slices * c.localGroupSizeX;
        float unit = unit(maxOf(magnitudes, region * slices, slices));
        float sum = 0f;
        float lost = 0f;
        for (int at = first + (c.groupIdx % slices) * c.localGroupSizeX + item; at < end; at += stride) {
            float g = unit * gradient.get(at);
            float square = g * g;
            lost = DeviceReductions.lost(lost, sum, square);
            sum += square;
        }
        tree[item] = DeviceReductions.sum(sum, lost);
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
            }
        }
        if (item == 0) {
            squares.set(c.groupIdx, tree[0]);
        }
    }

    /** Scales each region whose norm exceeds the limit down to the limit. Every work-item computes the norm itself. */
    static void limitNorms(
            KernelContext c,
            FloatArray gradient,
            FloatArray results,
            FloatArray magnitudes,
            FloatArray squares,
            FloatArray limit,
            IntArray regions) {
        int slices = regions.get(0);
        int region = c.groupIdx / slices;
        int first = regions.get(1 + 2 * region);
        float unit = unit(maxOf(magnitudes, region * slices, slices));
        float root = DeviceMath.sqrt(sum(squares, region * slices, slices));
        boolean clips = results.get(StepResults.APPLIED) != 0f & root > unit * limit.get(0);
        int end = clips ? first + regions.get(2 + 2 * region) : first;
        float factor = limit.get(0) / root;
        int stride = slices * c.localGroupSizeX;
        for (int at = first + (c.groupIdx % slices) * c.localGroupSizeX + c.localIdx; at < end; at += stride) {
            gradient.set(at, unit * gradient.get(at) * factor);
        }
    }

    private static float maxOf(FloatArray magnitudes, int first, int count) {
        float max = 0f;
        for (int i = 0; i < count; i++) {
            float other = magnitudes.get(first + i);
            max = other > max ? other : max;
        }
        return max;
    }

    private static float sum(FloatArray terms, int first, int count) {
        float sum = 0f;
        float lost = 0f;
        for (int i = 0; i < count; i++) {
            float term = terms.get(first + i);
            lost = DeviceReductions.lost(lost, sum, term);
            sum += term;
        }
        return DeviceReductions.sum(sum, lost);
    }

    /** The unit for this largest magnitude; the largest possible unit if all entries are 0 or nearly 0. */
    static float unit(float max) {
        float unit = 1f;
        while (max * unit > 4f) {
            unit *= 0.5f;
        }
        while (max * unit < 1f & unit < LARGEST_UNIT) {
            unit *= 2f;
        }
        return unit;
    }
}
