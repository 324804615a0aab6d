package sample;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceReductions;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceTables;
import dev.lossforge.runtime.tornadovm.internal.kernel.Extents;
import dev.lossforge.runtime.tornadovm.internal.kernel.UnitKernels;
import javax.annotation.processing.Generated;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of {@link RecurrenceLoss} for TornadoVM.
 */
@Generated("dev.lossforge.processor.LossforgeProcessor")
public final class RecurrenceLossDeviceKernels implements UnitKernels {
    @Override
    public TaskGraph gradients(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, RecurrenceLossDeviceKernels::gradientsOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.gradient(0), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes(), arguments.tables().floatTables(), arguments.tables().places());
    }

    @Override
    public TaskGraph value(TaskGraph graph, String task, KernelContext context,
            DeviceArguments arguments) {
        return graph.task(task, RecurrenceLossDeviceKernels::valueOfUnits, context, arguments.floats(0), arguments.floats(1), arguments.weights(), arguments.values(), arguments.partials(), arguments.settings(), arguments.sizes(), arguments.tables().floatTables(), arguments.tables().places());
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {
    }

    @Override
    public void addTables(DeviceTables tables, Extents extents) {
        int pLength = extents.extent(0, 0);
        tables.floats(pLength + 1);
        tables.floats(pLength);
        tables.floats(pLength + 1);
        tables.floats(pLength);
        tables.floats(pLength);
        tables.floats(pLength + 1);
    }

    static void gradientsOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray pGradient,
            FloatArray weights, FloatArray values, FloatArray partials, FloatArray settings,
            IntArray sizes, FloatArray floatTables, IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        float factor = settings.get(0);
        int state0At = places.get(0);
        int pLength = sizes.get(3);
        int yLength = sizes.get(5);
        int subtractTable0At = places.get(1);
        int multiplyTable0At = places.get(3);
        int multiplyTable1At = places.get(4);
        int state1At = places.get(2);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units; unit += step) {
            float weight = weighted ? weights.get(unit) : 1f;
            float scale = factor * weight;
            floatTables.set(state0At * c.globalGroupSizeX + c.globalIdx, 0f);
            for (int i = 0; i < pLength; i++) {
                float state00 = floatTables.get((state0At + i) * c.globalGroupSizeX + c.globalIdx);
                floatTables.set((state0At + (i + 1)) * c.globalGroupSizeX + c.globalIdx, DeviceMath.tanh(0.5f * state00 + p.get(unit * pLength + i)));
            }
            float sumAccumulator0 = 0;
            float sumAccumulator0Lost = 0;
            for (int i = 0; i < pLength; i++) {
                float state01 = floatTables.get((state0At + (i + 1)) * c.globalGroupSizeX + c.globalIdx);
                float subtract0 = state01 - y.get(unit * yLength + i);
                floatTables.set((subtractTable0At + i) * c.globalGroupSizeX + c.globalIdx, subtract0);
                float multiply0 = 2f * subtract0;
                floatTables.set((multiplyTable0At + i) * c.globalGroupSizeX + c.globalIdx, multiply0);
                float state02 = floatTables.get((state0At + i) * c.globalGroupSizeX + c.globalIdx);
                float multiply1 = 2f * (0.5f * state02 + p.get(unit * pLength + i));
                float multiply2 = 4f * (DeviceMath.sigmoid(multiply1) * DeviceMath.sigmoid(-multiply1));
                floatTables.set((multiplyTable1At + i) * c.globalGroupSizeX + c.globalIdx, multiply2);
                float x = DeviceMath.square(subtract0);
                sumAccumulator0Lost = DeviceReductions.lost(sumAccumulator0Lost, sumAccumulator0, x);
                sumAccumulator0 += x;
            }
            float sum0 = DeviceReductions.sum(sumAccumulator0, sumAccumulator0Lost);
            floatTables.set((state1At + pLength) * c.globalGroupSizeX + c.globalIdx, 0f);
            for (int round = 0; round < pLength; round++) {
                int i = pLength - 1 - round;
                float multiplyTable00 = floatTables.get((multiplyTable0At + i) * c.globalGroupSizeX + c.globalIdx);
                float state10 = floatTables.get((state1At + (i + 1)) * c.globalGroupSizeX + c.globalIdx);
                float add0 = multiplyTable00 + state10;
                float multiplyTable10 = floatTables.get((multiplyTable1At + i) * c.globalGroupSizeX + c.globalIdx);
                floatTables.set((state1At + i) * c.globalGroupSizeX + c.globalIdx, add0 == 0f ? 0f : 0.5f * (add0 * multiplyTable10));
            }
            for (int i = 0; i < pLength; i++) {
                float subtractTable00 = floatTables.get((subtractTable0At + i) * c.globalGroupSizeX + c.globalIdx);
                float state11 = floatTables.get((state1At + (i + 1)) * c.globalGroupSizeX + c.globalIdx);
                float add1 = 2f * subtractTable00 + state11;
                float state03 = floatTables.get((state0At + i) * c.globalGroupSizeX + c.globalIdx);
                float multiply3 = 2f * (0.5f * state03 + p.get(unit * pLength + i));
                pGradient.set(unit * pLength + i, DeviceMath.weighted(add1 == 0f ? 0f : add1 * (4f * (DeviceMath.sigmoid(multiply3) * DeviceMath.sigmoid(-multiply3))), scale));
            }
            float loss = DeviceMath.weighted(sum0, weight);
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

    static void valueOfUnits(KernelContext c, FloatArray p, FloatArray y, FloatArray weights,
            FloatArray values, FloatArray partials, FloatArray settings, IntArray sizes,
            FloatArray floatTables, IntArray places) {
        float[] tree = c.allocateFloatLocalArray(1024);
        int units = sizes.get(0);
        boolean weighted = sizes.get(1) != 0;
        boolean keepsValues = sizes.get(2) != 0;
        int state2At = places.get(5);
        int pLength = sizes.get(3);
        int yLength = sizes.get(5);
        int step = c.globalGroupSizeX;
        float total = 0f;
        int unit = c.globalIdx;
        for (; unit < units; unit += step) {
            float weight = weighted ? weights.get(unit) : 1f;
            floatTables.set(state2At * c.globalGroupSizeX + c.globalIdx, 0f);
            for (int i = 0; i < pLength; i++) {
                float state20 = floatTables.get((state2At + i) * c.globalGroupSizeX + c.globalIdx);
                floatTables.set((state2At + (i + 1)) * c.globalGroupSizeX + c.globalIdx, DeviceMath.tanh(0.5f * state20 + p.get(unit * pLength + i)));
            }
            float sumAccumulator1 = 0;
            float sumAccumulator1Lost = 0;
            for (int i = 0; i < pLength; i++) {
                float state21 = floatTables.get((state2At + (i + 1)) * c.globalGroupSizeX + c.globalIdx);
                float x = DeviceMath.square(state21 - y.get(unit * yLength + i));
                sumAccumulator1Lost = DeviceReductions.lost(sumAccumulator1Lost, sumAccumulator1, x);
                sumAccumulator1 += x;
            }
            float sum1 = DeviceReductions.sum(sumAccumulator1, sumAccumulator1Lost);
            float loss = DeviceMath.weighted(sum1, weight);
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
}
