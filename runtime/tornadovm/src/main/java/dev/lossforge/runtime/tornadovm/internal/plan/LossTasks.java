package dev.lossforge.runtime.tornadovm.internal.plan;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tornadovm.internal.kernel.BatchKernels;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceTables;
import dev.lossforge.runtime.tornadovm.internal.kernel.UnitKernels;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of a loss: its kernels, and the sums of their partial sums. */
public final class LossTasks {
    /**
     * The fastest numbers of work-items per group and of elements per work-item on an H100; see docs/decisions/0011.
     */
    private static final int ELEMENT_GROUP = 256;

    private static final int ELEMENTS_PER_ITEM = 4;
    private static final int ROW_GROUP = 128;
    /** The maximum number of groups that share rows. With more rows, each group takes several. */
    private static final int MAX_GROUPS = 1 << 14;
    /** The same for kernels that add up the gradient of a row of hyperparameters, a part of it in each work-item. */
    private static final int MAX_GROUPS_WITH_PARTS = 1 << 8;

    /** The maximum number of entries that a kernel can index, the same as for an input. */
    private static final long MAX_ENTRIES = 1 << 30;
    /** The maximum number of entries of what all work-items keep; fewer work-items take more units each. */
    private static final long MAX_KEPT = 1 << 26;

    private final LossSignature signature;
    private final DeviceKernels kernels;
    private final int groups;
    private final int local;
    private final DeviceArguments arguments;

    /**
     * The tasks for batches with at most this number of units (or rows, if the unit is the batch). The work-items of a
     * group share a row of many columns; a shorter row has one work-item.
     *
     * @param extents the extents as {@link #extents} finds them
     */
    public LossTasks(
            LossSignature signature,
            DeviceKernels kernels,
            int count,
            List<int[]> extents,
            boolean weighted,
            boolean keepsValues,
            Tasks tasks) {
        boolean elements = signature.scope() == Scope.ELEMENT;
        boolean ofBatch = signature.scope() == Scope.BATCH;
        int units = ofBatch ? 1 : count;
        List<int[]> full = ofBatch ? withRows(signature, extents, count) : extents;
        DeviceTables tables = tables(signature, kernels, full);
        int group = tasks.groupSize(elements ? ELEMENT_GROUP : ROW_GROUP);
        this.signature = signature;
        this.kernels = kernels;
        this.local = ofBatch ? 1 : Math.min(group, mostItems(tables));
        boolean shared = kernels instanceof UnitKernels ofUnits
                && ofUnits.canShareRows()
                && longestRow(signature, extents) >= local;
        int unitsPerGroup = shared ? 1 : elements ? ELEMENTS_PER_ITEM * local : local;
        int wanted = Math.max(1, Math.ceilDiv(units, unitsPerGroup));
        int max = Math.min(mostGroups(signature, shared), mostItems(tables) / local);
        this.groups = Math.min(wanted, max);
        this.arguments =
                new DeviceArguments(signature, units, full, weighted, keepsValues, shared, groups, local, tables);
    }

    private static DeviceTables tables(LossSignature signature, DeviceKernels kernels, List<int[]> extents) {
        DeviceTables tables = new DeviceTables();
        if (kernels instanceof UnitKernels ofUnits) {
            ofUnits.addTables(tables, (position, axis) -> extents.get(position)[axis]);
        }
        if (tables.entries() > MAX_ENTRIES) {
            throw new BackendException("The loss " + signature + " keeps " + tables.entries()
                    + " numbers for each sample, more than the 2^30 that a device kernel can number;"
                    + " make the samples smaller.");
        }
        return tables;
    }

    /** The number of work-items, a power of two, that there is memory for. */
    private static int mostItems(DeviceTables tables) {
        return Integer.highestOneBit((int) Math.max(1, MAX_KEPT / Math.max(1, tables.entries())));
    }

    private static int mostGroups(LossSignature signature, boolean shared) {
        boolean trainsRows = signature.inputs().stream().anyMatch(i -> i.trainable() && i.rank() > 0);
        if (trainsRows) {
            return MAX_GROUPS_WITH_PARTS;
        }
        return shared ? MAX_GROUPS : Integer.MAX_VALUE;
    }

    private static int longestRow(LossSignature signature, List<int[]> extents) {
        int longest = 0;
        for (int i = 0; i < extents.size(); i++) {
            if (signature.inputs().get(i).role() == LossSignature.Input.Role.PREDICTION && extents.get(i).length > 0) {
                longest = Math.max(longest, extents.get(i)[0]);
            }
        }
        return longest;
    }

    /**
     * The extents of each input of a frame, as the formula sees them. An extent that differs between batches, the
     * number of rows in a loss over the batch, is 0.
     */
    public static List<int[]> extents(LossSignature signature, KernelFrame frame) {
        List<int[]> extents = new ArrayList<>();
        for (int i = 0; i < signature.inputs().size(); i++) {
            int[] ofInput = new int[signature.inputs().get(i).rank()];
            for (int axis = 0; axis < ofInput.length; axis++) {
                ofInput[axis] = axis == 0 && isOfRows(signature, i) ? 0 : frame.extent(i, axis);
            }
            extents.add(ofInput);
        }
        return extents;
    }

    /** The number of units of a frame, or of its rows if the unit is the batch. */
    public static int count(LossSignature signature, KernelFrame frame, int units) {
        for (int i = 0; i < signature.inputs().size(); i++) {
            if (isOfRows(signature, i)) {
                return frame.extent(i, 0);
            }
        }
        return units;
    }

    /** Whether the first axis of an input numbers the samples. */
    private static boolean isOfRows(LossSignature signature, int position) {
        LossSignature.Input input = signature.inputs().get(position);
        return signature.scope() == Scope.BATCH
                && input.role() != LossSignature.Input.Role.PARAMETER
                && input.rank() > 0;
    }

    private static List<int[]> withRows(LossSignature signature, List<int[]> extents, int rows) {
        List<int[]> full = new ArrayList<>();
        for (int i = 0; i < extents.size(); i++) {
            int[] ofInput = extents.get(i).clone();
            if (isOfRows(signature, i)) {
                ofInput[0] = rows;
            }
            full.add(ofInput);
        }
        return full;
    }

    public DeviceArguments arguments() {
        return arguments;
    }

    /** Adds all tasks; they store the sum of the losses at a position of the results. */
    public void add(Tasks tasks, String name, Derivatives derivatives, FloatArray results, int position) {
        addParts(tasks, name, derivatives);
        PartialSums.add(tasks, name + "_total", arguments.partials(), results, position);
    }

    /** Adds all tasks except the last; the partial sums in the arguments then hold the losses. */
    public void addParts(Tasks tasks, String name, Derivatives derivatives) {
        switch (kernels) {
            case UnitKernels ofUnits -> {
                if (!arguments.tables().isEmpty()) {
                    tasks.constant(arguments.tables().places());
                }
                tasks.inGroups(name, groups, local, addition(ofUnits, derivatives));
                if (derivatives != Derivatives.NONE) {
                    addParameterSums(tasks, name);
                }
            }
            case BatchKernels ofBatch ->
                BatchTasks.add(tasks, name, signature, ofBatch, arguments, derivatives != Derivatives.NONE);
        }
    }

    private Tasks.Addition addition(UnitKernels kernels, Derivatives derivatives) {
        return switch (derivatives) {
            case NONE -> (graph, task, c) -> kernels.value(graph, task, c, arguments);
            case GRADIENT -> (graph, task, c) -> kernels.gradients(graph, task, c, arguments);
            case HESSIAN -> (graph, task, c) -> kernels.hessians(graph, task, c, arguments);
        };
    }

    private void addParameterSums(Tasks tasks, String name) {
        for (int i = 0; i < signature.inputs().size(); i++) {
            if (input(i).trainable()) {
                String task = name + "_" + input(i).name();
                ParameterSums.add(tasks, task, arguments.parameterParts(i), arguments.parameterGradient(i));
            }
        }
    }

    /** The array of an input: a FloatArray or an IntArray. */
    public Object array(int position) {
        return input(position).type() == LossSignature.Input.Type.INT
                ? arguments.ints(position)
                : arguments.floats(position);
    }

    /** Copies an input of the first {@code units} units of a frame to its array. */
    public void write(KernelFrame frame, int units, int position) {
        boolean ofUnits = input(position).role() != LossSignature.Input.Role.PARAMETER;
        int entries = (ofUnits ? units : 1) * frame.unitSize(position);
        if (input(position).type() == LossSignature.Input.Type.INT) {
            HostArrays.copy(frame.ints(position), arguments.ints(position), entries);
        } else {
            HostArrays.copy(frame.floats(position), arguments.floats(position), entries);
        }
    }

    private LossSignature.Input input(int position) {
        return signature.inputs().get(position);
    }
}
