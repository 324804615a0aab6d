package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tornadovm.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.kernel.DeviceKernels;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The execution plan of one loss for batches of one shape: the kernel, then the sum of its partial sums. */
final class LossPlan implements AutoCloseable {
    /** Work-items of a group and elements of a work-item that were fastest on an H100; docs/decisions/0011. */
    private static final int ELEMENT_GROUP = 256;

    private static final int ELEMENTS_PER_ITEM = 4;
    private static final int ROW_GROUP = 128;
    private static final int SUM_GROUP = 256;

    private final LossSignature signature;
    private final BatchShape shape;
    private final DeviceArguments arguments;
    private final List<FloatArray> results = new ArrayList<>();
    private final FloatArray total = new FloatArray(1);
    private final TornadoExecutionPlan plan;

    /**
     * What the plan of a batch depends on.
     *
     * @param extents of each input, as the formula sees it
     */
    record BatchShape(
            int units, List<List<Integer>> extents, boolean weighted, boolean keepsValues, boolean wantsDerivatives) {}

    LossPlan(LossSignature signature, DeviceKernels kernels, Device device, BatchShape shape) {
        this.signature = signature;
        this.shape = shape;
        boolean elements = signature.scope() == Scope.ELEMENT;
        int local = groupSize(elements ? ELEMENT_GROUP : ROW_GROUP, device);
        int groups = Math.ceilDiv(shape.units(), elements ? ELEMENTS_PER_ITEM * local : local);
        this.arguments = new DeviceArguments(
                signature,
                shape.units(),
                shape.extents().stream()
                        .map(e -> e.stream().mapToInt(i -> i).toArray())
                        .toList(),
                shape.weighted(),
                shape.keepsValues(),
                groups);
        GridScheduler grids = new GridScheduler();
        grids.addWorkerGrid("loss.units", grid(groups, local));
        grids.addWorkerGrid("loss.total", grid(1, groupSize(SUM_GROUP, device)));
        TaskGraph graph = graph(kernels, groups);
        this.plan = new TornadoExecutionPlan(graph.snapshot());
        plan.withDevice(device.handle()).withGridScheduler(grids);
    }

    private static int groupSize(int wanted, Device device) {
        return Math.min(wanted, Integer.highestOneBit(device.largestGroup()));
    }

    private static WorkerGrid grid(int groups, int local) {
        WorkerGrid grid = new WorkerGrid1D(groups * local);
        grid.setLocalWork(local, 1, 1);
        return grid;
    }

    private TaskGraph graph(DeviceKernels kernels, int groups) {
        KernelContext context = new KernelContext();
        IntArray count = new IntArray(1);
        count.set(0, groups);
        TaskGraph graph = new TaskGraph("loss")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, arguments.sizes(), count)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs());
        TaskGraph units = shape.wantsDerivatives()
                ? kernels.gradients(graph, "units", context, arguments)
                : kernels.value(graph, "units", context, arguments);
        addResults();
        return units.task("total", PartialSums::total, context, arguments.partials(), total, count)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, results.toArray());
    }

    private Object[] inputs() {
        List<Object> inputs = new ArrayList<>(List.of(arguments.settings(), arguments.weights()));
        for (int i = 0; i < signature.inputs().size(); i++) {
            inputs.add(isInt(i) ? arguments.ints(i) : arguments.floats(i));
        }
        return inputs.toArray();
    }

    private void addResults() {
        results.add(total);
        if (shape.keepsValues()) {
            results.add(arguments.values());
        }
        for (int i = 0; shape.wantsDerivatives() && i < signature.inputs().size(); i++) {
            if (isPrediction(i)) {
                results.add(arguments.gradient(i));
                if (signature.hessian()) {
                    results.add(arguments.hessian(i));
                }
            }
        }
    }

    private boolean isInt(int position) {
        return signature.inputs().get(position).type() == LossInput.Type.INT;
    }

    private boolean isPrediction(int position) {
        return signature.inputs().get(position).role() == LossInput.Role.PREDICTION;
    }

    BatchShape shape() {
        return shape;
    }

    /** Evaluates the units of a frame of this shape; returns the sum of their losses. */
    double run(KernelFrame frame) {
        write(frame);
        try {
            plan.execute();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new DeviceException("TornadoVM could not run the loss " + signature + ": " + e.getMessage(), e);
        }
        read(frame);
        return total.get(0);
    }

    private void write(KernelFrame frame) {
        arguments.settings().set(DeviceArguments.FACTOR, frame.scale());
        if (shape.weighted()) {
            HostArrays.copy(frame.weights(), arguments.weights());
        }
        for (int i = 0; i < signature.inputs().size(); i++) {
            if (isInt(i)) {
                HostArrays.copy(frame.ints(i), arguments.ints(i));
            } else {
                HostArrays.copy(frame.floats(i), arguments.floats(i));
            }
        }
    }

    private void read(KernelFrame frame) {
        HostArrays.copy(arguments.values(), frame.values());
        for (int i = 0; shape.wantsDerivatives() && i < signature.inputs().size(); i++) {
            if (isPrediction(i)) {
                HostArrays.copy(arguments.gradient(i), frame.gradient(i));
                if (signature.hessian()) {
                    HostArrays.copy(arguments.hessian(i), frame.hessian(i));
                }
            }
        }
    }

    @Override
    public void close() {
        plan.freeDeviceMemory();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new DeviceException(
                    "TornadoVM could not end its work on the loss " + signature + ": " + e.getMessage(), e);
        }
    }
}
