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
 * The kernels of {@link SoftmaxCrossEntropyLoss} for TornadoVM.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class SoftmaxCrossEntropyLossDeviceKernels implements UnitKernels {
    @Override
    public TaskGraph gradients(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        if (arguments.sharesRows()) {
            return graph.task(task, SoftmaxCrossEntropyLossDeviceKernels::gradientsOfSharedRows, context, arguments.floats(0), arguments.ints(1), arguments.gradient(0), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
        }
        return graph.task(task, SoftmaxCrossEntropyLossDeviceKernels::gradientsOfUnits, context, arguments.floats(0), arguments.ints(1), arguments.gradient(0), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public TaskGraph value(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        if (arguments.sharesRows()) {
            return graph.task(task, SoftmaxCrossEntropyLossDeviceKernels::valueOfSharedRows, context, arguments.floats(0), arguments.ints(1), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
        }
        return graph.task(task, SoftmaxCrossEntropyLossDeviceKernels::valueOfUnits, context, arguments.floats(0), arguments.ints(1), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes());
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {
        frame.requireIndices(1, "label", frame.extent(0, 0), from, to);
    }

    @Override
    public boolean canShareRows() {
        return true;
    }

    static void gradientsOfUnits(KernelContext c, FloatArray logits, IntArray label,
            FloatArray logitsGradient, FloatArray weights, FloatArray values, FloatArray partials,
            FloatArray settings, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float factor = settings.get(0);
        int logitsLength = sizes.get(3);
        float nan = settings.get(1);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units; unit += step) {
            int labelValue = label.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float scale = factor * weight;
            float maxAccumulator0 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator0 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator0Scale = 0;
            float logSumExpExcessAccumulator0Lost = 0;
            for (int i = 0; i < logitsLength; i++) {
                float logits0 = logits.get(unit * logitsLength + i);
                maxAccumulator0 = DeviceMath.max(maxAccumulator0, logits0);
                float x = logits0;
                float shrink = DeviceReductions.shrink(logSumExpExcessAccumulator0, x);
                float exponential = DeviceReductions.exponential(logSumExpExcessAccumulator0, x);
                logSumExpExcessAccumulator0Lost = DeviceReductions.lost(logSumExpExcessAccumulator0Lost, logSumExpExcessAccumulator0Scale, exponential);
                logSumExpExcessAccumulator0Scale += exponential;
                logSumExpExcessAccumulator0Scale *= shrink;
                logSumExpExcessAccumulator0Lost *= shrink;
                logSumExpExcessAccumulator0 = x > logSumExpExcessAccumulator0 ? x : logSumExpExcessAccumulator0;
            }
            float max0 = maxAccumulator0;
            float logSumExpExcess0 = DeviceReductions.logSumExpExcess(logSumExpExcessAccumulator0, DeviceReductions.sum(logSumExpExcessAccumulator0Scale, logSumExpExcessAccumulator0Lost));
            int label0 = labelValue;
            for (int i = 0; i < logitsLength; i++) {
                logitsGradient.set(unit * logitsLength + i, DeviceMath.weighted((label0 == i ? -1f : 0f) + DeviceMath.exp(logits.get(unit * logitsLength + i) - max0 - logSumExpExcess0), scale));
            }
            float loss = DeviceMath.weighted(logSumExpExcess0 + (max0 - (label0 >= 0 & label0 < logitsLength ? logits.get(unit * logitsLength + label0) : nan)), weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
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

    static void gradientsOfSharedRows(KernelContext c, FloatArray logits, IntArray label,
            FloatArray logitsGradient, FloatArray weights, FloatArray values, FloatArray partials,
            FloatArray settings, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] sums = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float factor = settings.get(0);
        int logitsLength = sizes.get(3);
        float nan = settings.get(1);
        int item = c.localIdx;
        int local = c.localGroupSizeX;
        int step = c.globalGroupSizeX / local;
        float total = 0f;
        for (int unit = c.groupIdx; unit < units; unit += step) {
            int labelValue = label.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float scale = factor * weight;
            float maxAccumulator0 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator0 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator0Scale = 0;
            float logSumExpExcessAccumulator0Lost = 0;
            for (int i = item; i < logitsLength; i += local) {
                float logits0 = logits.get(unit * logitsLength + i);
                maxAccumulator0 = DeviceMath.max(maxAccumulator0, logits0);
                float x = logits0;
                float shrink = DeviceReductions.shrink(logSumExpExcessAccumulator0, x);
                float exponential = DeviceReductions.exponential(logSumExpExcessAccumulator0, x);
                logSumExpExcessAccumulator0Lost = DeviceReductions.lost(logSumExpExcessAccumulator0Lost, logSumExpExcessAccumulator0Scale, exponential);
                logSumExpExcessAccumulator0Scale += exponential;
                logSumExpExcessAccumulator0Scale *= shrink;
                logSumExpExcessAccumulator0Lost *= shrink;
                logSumExpExcessAccumulator0 = x > logSumExpExcessAccumulator0 ? x : logSumExpExcessAccumulator0;
            }
            tree[item] = maxAccumulator0;
            c.localBarrier();
            if (item < 16) {
                float part = tree[item];
                for (int other = item + 16; other < local; other += 16) {
                    part = DeviceMath.max(part, tree[other]);
                }
                tree[item] = part;
            }
            c.localBarrier();
            float max0 = tree[0];
            for (int other = 1; other < 16 & other < local; other++) {
                max0 = DeviceMath.max(max0, tree[other]);
            }
            c.localBarrier();
            tree[item] = logSumExpExcessAccumulator0;
            sums[item] = DeviceReductions.sum(logSumExpExcessAccumulator0Scale, logSumExpExcessAccumulator0Lost);
            c.localBarrier();
            if (item < 16) {
                float max = tree[item];
                float rest = sums[item];
                for (int other = item + 16; other < local; other += 16) {
                    rest = DeviceReductions.addExponentials(max, rest, tree[other], sums[other]);
                    max = max > tree[other] ? max : tree[other];
                }
                tree[item] = max;
                sums[item] = rest;
            }
            c.localBarrier();
            float max2 = tree[0];
            float rest2 = sums[0];
            for (int other = 1; other < 16 & other < local; other++) {
                rest2 = DeviceReductions.addExponentials(max2, rest2, tree[other], sums[other]);
                max2 = max2 > tree[other] ? max2 : tree[other];
            }
            c.localBarrier();
            float logSumExpExcess0 = DeviceReductions.logSumExpExcess(max2, rest2);
            int label0 = labelValue;
            for (int i = item; i < logitsLength; i += local) {
                logitsGradient.set(unit * logitsLength + i, DeviceMath.weighted((label0 == i ? -1f : 0f) + DeviceMath.exp(logits.get(unit * logitsLength + i) - max0 - logSumExpExcess0), scale));
            }
            if (item == 0) {
                float loss = DeviceMath.weighted(logSumExpExcess0 + (max0 - (label0 >= 0 & label0 < logitsLength ? logits.get(unit * logitsLength + label0) : nan)), weight);
                if (keepsValues) {
                    values.set(unit, loss);
                }
                total += loss;
            }
        }
        if (item == 0) {
            partials.set(c.groupIdx, total);
        }
    }

    static void valueOfUnits(KernelContext c, FloatArray logits, IntArray label, FloatArray weights,
            FloatArray values, FloatArray partials, FloatArray settings, IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        int logitsLength = sizes.get(3);
        float nan = settings.get(1);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units; unit += step) {
            int labelValue = label.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float maxAccumulator1 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator1 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator1Scale = 0;
            float logSumExpExcessAccumulator1Lost = 0;
            for (int i = 0; i < logitsLength; i++) {
                float logits1 = logits.get(unit * logitsLength + i);
                maxAccumulator1 = DeviceMath.max(maxAccumulator1, logits1);
                float x = logits1;
                float shrink = DeviceReductions.shrink(logSumExpExcessAccumulator1, x);
                float exponential = DeviceReductions.exponential(logSumExpExcessAccumulator1, x);
                logSumExpExcessAccumulator1Lost = DeviceReductions.lost(logSumExpExcessAccumulator1Lost, logSumExpExcessAccumulator1Scale, exponential);
                logSumExpExcessAccumulator1Scale += exponential;
                logSumExpExcessAccumulator1Scale *= shrink;
                logSumExpExcessAccumulator1Lost *= shrink;
                logSumExpExcessAccumulator1 = x > logSumExpExcessAccumulator1 ? x : logSumExpExcessAccumulator1;
            }
            float max1 = maxAccumulator1;
            float logSumExpExcess1 = DeviceReductions.logSumExpExcess(logSumExpExcessAccumulator1, DeviceReductions.sum(logSumExpExcessAccumulator1Scale, logSumExpExcessAccumulator1Lost));
            float loss = DeviceMath.weighted(logSumExpExcess1 + (max1 - (labelValue >= 0 & labelValue < logitsLength ? logits.get(unit * logitsLength + labelValue) : nan)), weight);
            if (keepsValues) {
                values.set(unit, loss);
            }
            total += loss;
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

    static void valueOfSharedRows(KernelContext c, FloatArray logits, IntArray label,
            FloatArray weights, FloatArray values, FloatArray partials, FloatArray settings,
            IntArray sizes) {
        float[] tree = c.allocateFloatLocalArray(1024);
        float[] sums = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        int logitsLength = sizes.get(3);
        float nan = settings.get(1);
        int item = c.localIdx;
        int local = c.localGroupSizeX;
        int step = c.globalGroupSizeX / local;
        float total = 0f;
        for (int unit = c.groupIdx; unit < units; unit += step) {
            int labelValue = label.get(unit);
            float weight = weighted ? weights.get(unit) : 1f;
            float maxAccumulator1 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator1 = Float.NEGATIVE_INFINITY;
            float logSumExpExcessAccumulator1Scale = 0;
            float logSumExpExcessAccumulator1Lost = 0;
            for (int i = item; i < logitsLength; i += local) {
                float logits1 = logits.get(unit * logitsLength + i);
                maxAccumulator1 = DeviceMath.max(maxAccumulator1, logits1);
                float x = logits1;
                float shrink = DeviceReductions.shrink(logSumExpExcessAccumulator1, x);
                float exponential = DeviceReductions.exponential(logSumExpExcessAccumulator1, x);
                logSumExpExcessAccumulator1Lost = DeviceReductions.lost(logSumExpExcessAccumulator1Lost, logSumExpExcessAccumulator1Scale, exponential);
                logSumExpExcessAccumulator1Scale += exponential;
                logSumExpExcessAccumulator1Scale *= shrink;
                logSumExpExcessAccumulator1Lost *= shrink;
                logSumExpExcessAccumulator1 = x > logSumExpExcessAccumulator1 ? x : logSumExpExcessAccumulator1;
            }
            tree[item] = maxAccumulator1;
            c.localBarrier();
            if (item < 16) {
                float part = tree[item];
                for (int other = item + 16; other < local; other += 16) {
                    part = DeviceMath.max(part, tree[other]);
                }
                tree[item] = part;
            }
            c.localBarrier();
            float max1 = tree[0];
            for (int other = 1; other < 16 & other < local; other++) {
                max1 = DeviceMath.max(max1, tree[other]);
            }
            c.localBarrier();
            tree[item] = logSumExpExcessAccumulator1;
            sums[item] = DeviceReductions.sum(logSumExpExcessAccumulator1Scale, logSumExpExcessAccumulator1Lost);
            c.localBarrier();
            if (item < 16) {
                float max = tree[item];
                float rest = sums[item];
                for (int other = item + 16; other < local; other += 16) {
                    rest = DeviceReductions.addExponentials(max, rest, tree[other], sums[other]);
                    max = max > tree[other] ? max : tree[other];
                }
                tree[item] = max;
                sums[item] = rest;
            }
            c.localBarrier();
            float max2 = tree[0];
            float rest2 = sums[0];
            for (int other = 1; other < 16 & other < local; other++) {
                rest2 = DeviceReductions.addExponentials(max2, rest2, tree[other], sums[other]);
                max2 = max2 > tree[other] ? max2 : tree[other];
            }
            c.localBarrier();
            float logSumExpExcess1 = DeviceReductions.logSumExpExcess(max2, rest2);
            if (item == 0) {
                float loss = DeviceMath.weighted(logSumExpExcess1 + (max1 - (labelValue >= 0 & labelValue < logitsLength ? logits.get(unit * logitsLength + labelValue) : nan)), weight);
                if (keepsValues) {
                    values.set(unit, loss);
                }
                total += loss;
            }
        }
        if (item == 0) {
            partials.set(c.groupIdx, total);
        }
    }
}
