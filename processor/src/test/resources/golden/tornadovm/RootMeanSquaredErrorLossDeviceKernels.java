package sample;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tornadovm.internal.kernel.BatchKernels;
import dev.lossforge.runtime.tornadovm.internal.kernel.BatchPlan;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import javax.annotation.processing.Generated;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of {@link RootMeanSquaredErrorLoss} for TornadoVM.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class RootMeanSquaredErrorLossDeviceKernels implements BatchKernels {
    @Override
    public void plan(BatchPlan plan, DeviceArguments arguments) {
        int pRows = arguments.extent(0, 0);
        int pColumns = arguments.extent(0, 1);
        plan.floats(pRows);
        plan.floats();
        plan.floats(pRows);
        plan.floats();
        plan.step("max0", true, pColumns, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::max0, c, arguments.floats(0), arguments.floats(1), plan.floatTables(), arguments.settings(), arguments.sizes(), plan.places()), pRows);
        plan.step("max1", true, pRows, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::max1, c, plan.floatTables(), arguments.settings(), arguments.sizes(), plan.places()));
        plan.step("sum0", true, pColumns, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::sum0, c, arguments.floats(0), arguments.floats(1), plan.floatTables(), arguments.settings(), arguments.sizes(), plan.places()), pRows);
        plan.step("sum1", true, pRows, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::sum1, c, plan.floatTables(), arguments.settings(), arguments.sizes(), plan.places()));
        plan.step("value", true, 0, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::value, c, plan.floatTables(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes(), plan.places()));
        plan.step("gradient", false, 0, (graph, task, c) -> graph.task(task, RootMeanSquaredErrorLossDeviceKernels::gradient, c, arguments.floats(0), arguments.floats(1), arguments.gradient(0), plan.floatTables(), arguments.settings(), arguments.sizes(), plan.places()), pRows, pColumns);
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {
    }

    static void max0(KernelContext c, FloatArray p, FloatArray y, FloatArray floatTables,
            FloatArray settings, IntArray sizes, IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int pRows = sizes.get(3);
        int pColumns = sizes.get(4);
        int yColumns = sizes.get(6);
        int max0At = places.get(0);
        int points = pRows;
        int lanes = places.get(4);
        int number = c.globalIdx / lanes;
        int lane = c.globalIdx - number * lanes;
        int first = c.localIdx - lane;
        int point = number < points ? number : 0;
        int i = point;
        float maxAccumulator0 = Float.NEGATIVE_INFINITY;
        for (int i2 = lane; i2 < pColumns; i2 += lanes) {
            maxAccumulator0 = DeviceMath.max(maxAccumulator0, DeviceMath.abs(p.get(i * pColumns + i2) - y.get(i * yColumns + i2)));
        }
        tree[first + lane] = maxAccumulator0;
        c.localBarrier();
        if (lane < 16) {
            float part = tree[first + lane];
            for (int other = lane + 16; other < lanes; other += 16) {
                part = DeviceMath.max(part, tree[first + other]);
            }
            tree[first + lane] = part;
        }
        c.localBarrier();
        float max0 = tree[first];
        for (int other = 1; other < 16 & other < lanes; other++) {
            max0 = DeviceMath.max(max0, tree[first + other]);
        }
        c.localBarrier();
        if (lane == 0 & number < points) {
            floatTables.set(max0At + i, max0);
        }
    }

    static void max1(KernelContext c, FloatArray floatTables, FloatArray settings, IntArray sizes,
            IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int pRows = sizes.get(3);
        int max0At = places.get(0);
        int max1At = places.get(1);
        int points = 1;
        int lanes = places.get(5);
        int number = c.globalIdx / lanes;
        int lane = c.globalIdx - number * lanes;
        int first = c.localIdx - lane;
        int point = number < points ? number : 0;
        float maxAccumulator0 = Float.NEGATIVE_INFINITY;
        for (int i = lane; i < pRows; i += lanes) {
            maxAccumulator0 = DeviceMath.max(maxAccumulator0, floatTables.get(max0At + i));
        }
        tree[first + lane] = maxAccumulator0;
        c.localBarrier();
        if (lane < 16) {
            float part = tree[first + lane];
            for (int other = lane + 16; other < lanes; other += 16) {
                part = DeviceMath.max(part, tree[first + other]);
            }
            tree[first + lane] = part;
        }
        c.localBarrier();
        float max0 = tree[first];
        for (int other = 1; other < 16 & other < lanes; other++) {
            max0 = DeviceMath.max(max0, tree[first + other]);
        }
        c.localBarrier();
        if (lane == 0 & number < points) {
            floatTables.set(max1At, max0);
        }
    }

    static void sum0(KernelContext c, FloatArray p, FloatArray y, FloatArray floatTables,
            FloatArray settings, IntArray sizes, IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int pRows = sizes.get(3);
        int max1At = places.get(1);
        int pColumns = sizes.get(4);
        int yColumns = sizes.get(6);
        int sum0At = places.get(2);
        int points = pRows;
        int lanes = places.get(6);
        int number = c.globalIdx / lanes;
        int lane = c.globalIdx - number * lanes;
        int first = c.localIdx - lane;
        int point = number < points ? number : 0;
        int i = point;
        float max10 = floatTables.get(max1At);
        float stopGradient0 = max10 > 0f & DeviceMath.isAtMost(max10, 3.4028235E38f) ? max10 : 1f;
        float sumAccumulator0 = 0;
        float sumAccumulator0Lost = 0;
        for (int i2 = lane; i2 < pColumns; i2 += lanes) {
            float x = DeviceMath.square((p.get(i * pColumns + i2) - y.get(i * yColumns + i2)) / stopGradient0);
            sumAccumulator0Lost = DeviceReductions.lost(sumAccumulator0Lost, sumAccumulator0, x);
            sumAccumulator0 += x;
        }
        tree[first + lane] = DeviceReductions.sum(sumAccumulator0, sumAccumulator0Lost);
        c.localBarrier();
        if (lane < 16) {
            float part = tree[first + lane];
            for (int other = lane + 16; other < lanes; other += 16) {
                part = part + tree[first + other];
            }
            tree[first + lane] = part;
        }
        c.localBarrier();
        float sum0 = tree[first];
        for (int other = 1; other < 16 & other < lanes; other++) {
            sum0 = sum0 + tree[first + other];
        }
        c.localBarrier();
        if (lane == 0 & number < points) {
            floatTables.set(sum0At + i, sum0);
        }
    }

    static void sum1(KernelContext c, FloatArray floatTables, FloatArray settings, IntArray sizes,
            IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int pColumns = sizes.get(4);
        int pRows = sizes.get(3);
        int sum0At = places.get(2);
        int sum1At = places.get(3);
        int points = 1;
        int lanes = places.get(7);
        int number = c.globalIdx / lanes;
        int lane = c.globalIdx - number * lanes;
        int first = c.localIdx - lane;
        int point = number < points ? number : 0;
        float sumAccumulator0 = 0;
        float sumAccumulator0Lost = 0;
        float toFloat0 = (float) pColumns;
        for (int i = lane; i < pRows; i += lanes) {
            float x = floatTables.get(sum0At + i) / toFloat0;
            sumAccumulator0Lost = DeviceReductions.lost(sumAccumulator0Lost, sumAccumulator0, x);
            sumAccumulator0 += x;
        }
        tree[first + lane] = DeviceReductions.sum(sumAccumulator0, sumAccumulator0Lost);
        c.localBarrier();
        if (lane < 16) {
            float part = tree[first + lane];
            for (int other = lane + 16; other < lanes; other += 16) {
                part = part + tree[first + other];
            }
            tree[first + lane] = part;
        }
        c.localBarrier();
        float sum0 = tree[first];
        for (int other = 1; other < 16 & other < lanes; other++) {
            sum0 = sum0 + tree[first + other];
        }
        c.localBarrier();
        if (lane == 0 & number < points) {
            floatTables.set(sum1At, sum0);
        }
    }

    static void value(KernelContext c, FloatArray floatTables, FloatArray values,
            FloatArray partials, FloatArray settings, IntArray sizes, IntArray places) {
        int max1At = places.get(1);
        int sum1At = places.get(3);
        int pRows = sizes.get(3);
        int points = 1;
        int point = c.globalIdx;
        if (point < points) {
            float max10 = floatTables.get(max1At);
            float loss = (max10 > 0f & DeviceMath.isAtMost(max10, 3.4028235E38f) ? max10 : 1f) * DeviceMath.sqrt(floatTables.get(sum1At) / (float) pRows);
            values.set(0, loss);
            partials.set(0, loss);
        }
    }

    static void gradient(KernelContext c, FloatArray p, FloatArray y, FloatArray pGradient,
            FloatArray floatTables, FloatArray settings, IntArray sizes, IntArray places) {
        float factor = settings.get(0);
        int pRows = sizes.get(3);
        int pColumns = sizes.get(4);
        int sum1At = places.get(3);
        int max1At = places.get(1);
        int yColumns = sizes.get(6);
        int points = pRows * pColumns;
        int point = c.globalIdx;
        if (point < points) {
            int width = DeviceMath.max(pColumns, 1);
            int i = point / width;
            int i2 = point - i * width;
            float toFloat0 = (float) pRows;
            float sqrt0 = DeviceMath.sqrt(floatTables.get(sum1At) / toFloat0);
            float max10 = floatTables.get(max1At);
            float stopGradient0 = max10 > 0f & DeviceMath.isAtMost(max10, 3.4028235E38f) ? max10 : 1f;
            float divide0 = 0.5f * stopGradient0 / sqrt0 / toFloat0 / (float) pColumns;
            float nanOrZero0 = DeviceMath.nanOrZero(sqrt0);
            pGradient.set(i * pColumns + i2, DeviceMath.weighted(sqrt0 > 0f ? divide0 * (2f * ((p.get(i * pColumns + i2) - y.get(i * yColumns + i2)) / stopGradient0)) / stopGradient0 : nanOrZero0, factor));
        }
    }
}
