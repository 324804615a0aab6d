package sample;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.UnitKernels;
import javax.annotation.processing.Generated;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of {@link HuberLoss} for TornadoVM.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class HuberLossDeviceKernels implements UnitKernels {
    @Override
    public TaskGraph gradients(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, HuberLossDeviceKernels::gradientsOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.floats(2), arguments.gradient(0), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public TaskGraph value(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, HuberLossDeviceKernels::valueOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.floats(2), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {
    }

    static void gradientsOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray delta,
            FloatArray pGradient, FloatArray weights, FloatArray values, FloatArray partials,
            FloatArray settings, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float factor = settings.get(0);
        float deltaValue = delta.get(0);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units - 3 * step; unit += 4 * step) {
            float pValue = p.get(unit);
            float yValue = y.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float scale = factor * weight;
            int unit2 = unit + step;
            float pValue2 = p.get(unit2);
            float yValue2 = y.get(unit2);
            float weight2 = weighted ? weights.get(unit2) : 1f;
            float scale2 = factor * weight2;
            int unit3 = unit + 2 * step;
            float pValue3 = p.get(unit3);
            float yValue3 = y.get(unit3);
            float weight3 = weighted ? weights.get(unit3) : 1f;
            float scale3 = factor * weight3;
            int unit4 = unit + 3 * step;
            float pValue4 = p.get(unit4);
            float yValue4 = y.get(unit4);
            float weight4 = weighted ? weights.get(unit4) : 1f;
            float scale4 = factor * weight4;
            float subtract0 = pValue - yValue;
            float abs0 = DeviceMath.abs(subtract0);
            float delta0 = deltaValue;
            float loss = DeviceMath.weighted(DeviceMath.isAtMost(abs0, delta0) ? 0.5f * subtract0 * subtract0 : delta0 * (abs0 - 0.5f * delta0), weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
            pGradient.set(unit, DeviceMath.weighted(DeviceMath.isAtMost(abs0, delta0) ? subtract0 : delta0 * DeviceMath.sign(subtract0), scale));
            float subtract02 = pValue2 - yValue2;
            float abs02 = DeviceMath.abs(subtract02);
            float delta02 = deltaValue;
            float loss2 = DeviceMath.weighted(DeviceMath.isAtMost(abs02, delta02) ? 0.5f * subtract02 * subtract02 : delta02 * (abs02 - 0.5f * delta02), weight2);
            if (keepsValues) {
                values.set(unit2, loss2);
            }
            total += loss2;
            pGradient.set(unit2, DeviceMath.weighted(DeviceMath.isAtMost(abs02, delta02) ? subtract02 : delta02 * DeviceMath.sign(subtract02), scale2));
            float subtract03 = pValue3 - yValue3;
            float abs03 = DeviceMath.abs(subtract03);
            float delta03 = deltaValue;
            float loss3 = DeviceMath.weighted(DeviceMath.isAtMost(abs03, delta03) ? 0.5f * subtract03 * subtract03 : delta03 * (abs03 - 0.5f * delta03), weight3);
            if (keepsValues) {
                values.set(unit3, loss3);
            }
            total += loss3;
            pGradient.set(unit3, DeviceMath.weighted(DeviceMath.isAtMost(abs03, delta03) ? subtract03 : delta03 * DeviceMath.sign(subtract03), scale3));
            float subtract04 = pValue4 - yValue4;
            float abs04 = DeviceMath.abs(subtract04);
            float delta04 = deltaValue;
            float loss4 = DeviceMath.weighted(DeviceMath.isAtMost(abs04, delta04) ? 0.5f * subtract04 * subtract04 : delta04 * (abs04 - 0.5f * delta04), weight4);
            if (keepsValues) {
                values.set(unit4, loss4);
            }
            total += loss4;
            pGradient.set(unit4, DeviceMath.weighted(DeviceMath.isAtMost(abs04, delta04) ? subtract04 : delta04 * DeviceMath.sign(subtract04), scale4));
        }
        for (; unit < units; unit += step) {
            float pValue5 = p.get(unit);
            float yValue5 = y.get(unit);
            float weight5 = weighted ? weights.get(unit) : 1f;
            float scale5 = factor * weight5;
            float subtract05 = pValue5 - yValue5;
            float abs05 = DeviceMath.abs(subtract05);
            float delta05 = deltaValue;
            float loss5 = DeviceMath.weighted(DeviceMath.isAtMost(abs05, delta05) ? 0.5f * subtract05 * subtract05 : delta05 * (abs05 - 0.5f * delta05), weight5);
            if (keepsValues) {
                values.set(unit, loss5);
            }
            total += loss5;
            pGradient.set(unit, DeviceMath.weighted(DeviceMath.isAtMost(abs05, delta05) ? subtract05 : delta05 * DeviceMath.sign(subtract05), scale5));
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

    static void valueOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray delta,
            FloatArray weights, FloatArray values, FloatArray partials, FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float deltaValue = delta.get(0);
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
            float subtract1 = pValue - yValue;
            float abs1 = DeviceMath.abs(subtract1);
            float delta1 = deltaValue;
            float loss = DeviceMath.weighted(DeviceMath.isAtMost(abs1, delta1) ? 0.5f * subtract1 * subtract1 : delta1 * (abs1 - 0.5f * delta1), weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
            float subtract12 = pValue2 - yValue2;
            float abs12 = DeviceMath.abs(subtract12);
            float delta12 = deltaValue;
            float loss2 = DeviceMath.weighted(DeviceMath.isAtMost(abs12, delta12) ? 0.5f * subtract12 * subtract12 : delta12 * (abs12 - 0.5f * delta12), weight2);
            if (keepsValues) {
                values.set(unit2, loss2);
            }
            total += loss2;
            float subtract13 = pValue3 - yValue3;
            float abs13 = DeviceMath.abs(subtract13);
            float delta13 = deltaValue;
            float loss3 = DeviceMath.weighted(DeviceMath.isAtMost(abs13, delta13) ? 0.5f * subtract13 * subtract13 : delta13 * (abs13 - 0.5f * delta13), weight3);
            if (keepsValues) {
                values.set(unit3, loss3);
            }
            total += loss3;
            float subtract14 = pValue4 - yValue4;
            float abs14 = DeviceMath.abs(subtract14);
            float delta14 = deltaValue;
            float loss4 = DeviceMath.weighted(DeviceMath.isAtMost(abs14, delta14) ? 0.5f * subtract14 * subtract14 : delta14 * (abs14 - 0.5f * delta14), weight4);
            if (keepsValues) {
                values.set(unit4, loss4);
            }
            total += loss4;
        }
        for (; unit < units; unit += step) {
            float pValue5 = p.get(unit);
            float yValue5 = y.get(unit);
            float weight5 = weighted ? weights.get(unit) : 1f;
            float subtract15 = pValue5 - yValue5;
            float abs15 = DeviceMath.abs(subtract15);
            float delta15 = deltaValue;
            float loss5 = DeviceMath.weighted(DeviceMath.isAtMost(abs15, delta15) ? 0.5f * subtract15 * subtract15 : delta15 * (abs15 - 0.5f * delta15), weight5);
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
