package sample;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import dev.lossforge.runtime.tornadovm.internal.kernel.UnitKernels;
import javax.annotation.processing.Generated;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of {@link ScaledSquaredErrorLoss} for TornadoVM.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class ScaledSquaredErrorLossDeviceKernels implements UnitKernels {
    @Override
    public TaskGraph gradients(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, ScaledSquaredErrorLossDeviceKernels::gradientsOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.floats(2), arguments.gradient(0), arguments.parameterParts(2), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public TaskGraph value(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, ScaledSquaredErrorLossDeviceKernels::valueOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.floats(2), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {
    }

    static void gradientsOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray scale,
            FloatArray pGradient, FloatArray scaleGradient, FloatArray weights, FloatArray values,
            FloatArray partials, FloatArray settings, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float factor = settings.get(0);
        float scaleValue = scale.get(0);
        int step = c.globalGroupSizeX;
        float total = 0f;
        float scaleSum = 0f;
        float scaleLost = 0f;
        int unit = c.globalIdx;
        for (; unit < units - 3 * step; unit += 4 * step) {
            float pValue = p.get(unit);
            float yValue = y.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float scale2 = factor * weight;
            int unit2 = unit + step;
            float pValue2 = p.get(unit2);
            float yValue2 = y.get(unit2);
            float weight2 = weighted ? weights.get(unit2) : 1f;
            float scale3 = factor * weight2;
            int unit3 = unit + 2 * step;
            float pValue3 = p.get(unit3);
            float yValue3 = y.get(unit3);
            float weight3 = weighted ? weights.get(unit3) : 1f;
            float scale4 = factor * weight3;
            int unit4 = unit + 3 * step;
            float pValue4 = p.get(unit4);
            float yValue4 = y.get(unit4);
            float weight4 = weighted ? weights.get(unit4) : 1f;
            float scale5 = factor * weight4;
            float subtract0 = pValue - yValue;
            float scale0 = scaleValue;
            float exp0 = DeviceMath.exp(-scale0);
            float multiply0 = DeviceMath.square(subtract0) * exp0;
            float loss = DeviceMath.weighted(multiply0 + scale0, weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
            pGradient.set(unit, DeviceMath.weighted(exp0 * (2f * subtract0), scale2));
            float x = DeviceMath.weighted(1f - multiply0, scale2);
            scaleLost = DeviceReductions.lost(scaleLost, scaleSum, x);
            scaleSum += x;
            float subtract02 = pValue2 - yValue2;
            float scale02 = scaleValue;
            float exp02 = DeviceMath.exp(-scale02);
            float multiply02 = DeviceMath.square(subtract02) * exp02;
            float loss2 = DeviceMath.weighted(multiply02 + scale02, weight2);
            if (keepsValues) {
                values.set(unit2, loss2);
            }
            total += loss2;
            pGradient.set(unit2, DeviceMath.weighted(exp02 * (2f * subtract02), scale3));
            float x2 = DeviceMath.weighted(1f - multiply02, scale3);
            scaleLost = DeviceReductions.lost(scaleLost, scaleSum, x2);
            scaleSum += x2;
            float subtract03 = pValue3 - yValue3;
            float scale03 = scaleValue;
            float exp03 = DeviceMath.exp(-scale03);
            float multiply03 = DeviceMath.square(subtract03) * exp03;
            float loss3 = DeviceMath.weighted(multiply03 + scale03, weight3);
            if (keepsValues) {
                values.set(unit3, loss3);
            }
            total += loss3;
            pGradient.set(unit3, DeviceMath.weighted(exp03 * (2f * subtract03), scale4));
            float x3 = DeviceMath.weighted(1f - multiply03, scale4);
            scaleLost = DeviceReductions.lost(scaleLost, scaleSum, x3);
            scaleSum += x3;
            float subtract04 = pValue4 - yValue4;
            float scale04 = scaleValue;
            float exp04 = DeviceMath.exp(-scale04);
            float multiply04 = DeviceMath.square(subtract04) * exp04;
            float loss4 = DeviceMath.weighted(multiply04 + scale04, weight4);
            if (keepsValues) {
                values.set(unit4, loss4);
            }
            total += loss4;
            pGradient.set(unit4, DeviceMath.weighted(exp04 * (2f * subtract04), scale5));
            float x4 = DeviceMath.weighted(1f - multiply04, scale5);
            scaleLost = DeviceReductions.lost(scaleLost, scaleSum, x4);
            scaleSum += x4;
        }
        for (; unit < units; unit += step) {
            float pValue5 = p.get(unit);
            float yValue5 = y.get(unit);
            float weight5 = weighted ? weights.get(unit) : 1f;
            float scale6 = factor * weight5;
            float subtract05 = pValue5 - yValue5;
            float scale05 = scaleValue;
            float exp05 = DeviceMath.exp(-scale05);
            float multiply05 = DeviceMath.square(subtract05) * exp05;
            float loss5 = DeviceMath.weighted(multiply05 + scale05, weight5);
            if (keepsValues) {
                values.set(unit, loss5);
            }
            total += loss5;
            pGradient.set(unit, DeviceMath.weighted(exp05 * (2f * subtract05), scale6));
            float x5 = DeviceMath.weighted(1f - multiply05, scale6);
            scaleLost = DeviceReductions.lost(scaleLost, scaleSum, x5);
            scaleSum += x5;
        }
        scaleGradient.set(c.globalIdx, DeviceReductions.sum(scaleSum, scaleLost));
        int item = c.localIdx;
        tree[item] = total;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
            }
        }
        if (item == 0) {
            partials.set(c.groupIdx, tree[0]);
        }
    }

    static void valueOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray scale,
            FloatArray weights, FloatArray values, FloatArray partials, FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float scaleValue = scale.get(0);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units - 3 * step; unit += 4 * step) {
            float pValue = p.get(unit);
            float yValue = y.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            int unit2 = unit + step;
            float pValue2 = p.get(unit2);
            float yValue2 = y.get(unit2);
            float weight2 = weighted ? weights.get(unit2) : 1f;
            int unit3 = unit + 2 * step;
            float pValue3 = p.get(unit3);
            float yValue3 = y.get(unit3);
            float weight3 = weighted ? weights.get(unit3) : 1f;
            int unit4 = unit + 3 * step;
            float pValue4 = p.get(unit4);
            float yValue4 = y.get(unit4);
            float weight4 = weighted ? weights.get(unit4) : 1f;
            float scale1 = scaleValue;
            float loss = DeviceMath.weighted(DeviceMath.square(pValue - yValue) * DeviceMath.exp(-scale1) + scale1, weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
            float scale12 = scaleValue;
            float loss2 = DeviceMath.weighted(DeviceMath.square(pValue2 - yValue2) * DeviceMath.exp(-scale12) + scale12, weight2);
            if (keepsValues) {
                values.set(unit2, loss2);
            }
            total += loss2;
            float scale13 = scaleValue;
            float loss3 = DeviceMath.weighted(DeviceMath.square(pValue3 - yValue3) * DeviceMath.exp(-scale13) + scale13, weight3);
            if (keepsValues) {
                values.set(unit3, loss3);
            }
            total += loss3;
            float scale14 = scaleValue;
            float loss4 = DeviceMath.weighted(DeviceMath.square(pValue4 - yValue4) * DeviceMath.exp(-scale14) + scale14, weight4);
            if (keepsValues) {
                values.set(unit4, loss4);
            }
            total += loss4;
        }
        for (; unit < units; unit += step) {
            float pValue5 = p.get(unit);
            float yValue5 = y.get(unit);
            float weight5 = weighted ? weights.get(unit) : 1f;
            float scale15 = scaleValue;
            float loss5 = DeviceMath.weighted(DeviceMath.square(pValue5 - yValue5) * DeviceMath.exp(-scale15) + scale15, weight5);
            if (keepsValues) {
                values.set(unit, loss5);
            }
            total += loss5;
        }
        int item = c.localIdx;
        tree[item] = total;
        for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1) {
            c.localBarrier();
            if (item < distance) {
                tree[item] += tree[item + distance];
            }
        }
        if (item == 0) {
            partials.set(c.groupIdx, tree[0]);
        }
    }
}
