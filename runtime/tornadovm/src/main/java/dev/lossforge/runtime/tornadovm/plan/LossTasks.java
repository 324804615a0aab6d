package dev.lossforge.runtime.tornadovm.plan;

import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tornadovm.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.kernel.DeviceKernels;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The two tasks of a loss: its kernel, and the sum of its partial sums. */
public final class LossTasks {
    /** Work-items of a group and elements of a work-item that were fastest on an H100; docs/decisions/0011. */
    private static final int ELEMENT_GROUP = 256;

    private static final int ELEMENTS_PER_ITEM = 4;
    private static final int ROW_GROUP = 128;
    /** Beyond so many, the groups that share rows take several each. */
    private static final int MOST_GROUPS = 1 << 14;

    private final LossSignature signature;
    private final DeviceKernels kernels;
    private final int groups;
    private final int local;
    private final DeviceArguments arguments;

    /**
     * The tasks for batches of at most so many units. Rows of many columns are shared by the work-items of a group, one
     * by one; shorter rows have an item each.
     *
     * @param extents of each input, as the formula sees it
     */
    public LossTasks(
            LossSignature signature,
            DeviceKernels kernels,
            int units,
            List<int[]> extents,
            boolean weighted,
            boolean keepsValues,
            Tasks tasks) {
        boolean elements = signature.scope() == Scope.ELEMENT;
        this.signature = signature;
        this.kernels = kernels;
        this.local = tasks.groupSize(elements ? ELEMENT_GROUP : ROW_GROUP);
        boolean shared = kernels.canShareRows() && longestRow(signature, extents) >= local;
        int unitsPerGroup = shared ? 1 : elements ? ELEMENTS_PER_ITEM * local : local;
        int wanted = Math.max(1, Math.ceilDiv(units, unitsPerGroup));
        this.groups = shared ? Math.min(wanted, MOST_GROUPS) : wanted;
        this.arguments = new DeviceArguments(signature, units, extents, weighted, keepsValues, shared, groups);
    }

    private static int longestRow(LossSignature signature, List<int[]> extents) {
        int longest = 0;
        for (int i = 0; i < extents.size(); i++) {
            if (signature.inputs().get(i).role() == LossInput.Role.PREDICTION && extents.get(i).length > 0) {
                longest = Math.max(longest, extents.get(i)[0]);
            }
        }
        return longest;
    }

    /** The extents that the formula sees of each input of a frame. */
    public static List<int[]> extents(LossSignature signature, KernelFrame frame) {
        List<int[]> extents = new ArrayList<>();
        for (int i = 0; i < signature.inputs().size(); i++) {
            int[] ofInput = new int[signature.inputs().get(i).rank()];
            for (int axis = 0; axis < ofInput.length; axis++) {
                ofInput[axis] = frame.extent(i, axis);
            }
            extents.add(ofInput);
        }
        return extents;
    }

    public DeviceArguments arguments() {
        return arguments;
    }

    /** Adds both tasks; the sum goes to a position of the results. */
    public void add(Tasks tasks, String name, boolean derivatives, FloatArray results, int position) {
        tasks.inGroups(
                name,
                groups,
                local,
                (graph, task, c) -> derivatives
                        ? kernels.gradients(graph, task, c, arguments)
                        : kernels.value(graph, task, c, arguments));
        PartialSums.add(tasks, name + "_total", arguments.partials(), results, position);
    }

    /** The array of an input: a FloatArray or an IntArray. */
    public Object array(int position) {
        return input(position).type() == LossInput.Type.INT ? arguments.ints(position) : arguments.floats(position);
    }

    /** Copies an input of a frame to its array. */
    public void write(KernelFrame frame, int position) {
        if (input(position).type() == LossInput.Type.INT) {
            HostArrays.copy(frame.ints(position), arguments.ints(position));
        } else {
            HostArrays.copy(frame.floats(position), arguments.floats(position));
        }
    }

    private LossInput input(int position) {
        return signature.inputs().get(position);
    }
}
