package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The execution plan of one loss for batches of one shape, up to a number of units. If the unit is the batch, the plan
 * limits the number of its rows instead.
 */
final class LossPlan implements AutoCloseable {
    private final LossSignature signature;
    private final BatchShape shape;
    private final int capacity;
    private final Device device;
    private final LossTasks loss;
    private final Tasks tasks;
    private final FloatArray total = new FloatArray(1);
    private final TornadoExecutionPlan plan;

    /**
     * The properties of a batch on which its plan depends.
     *
     * @param extents the extents of each input, as {@link LossTasks#extents} finds them
     */
    record BatchShape(List<List<Integer>> extents, boolean weighted, boolean keepsValues, Derivatives derivatives) {

        BatchShape withWeights(boolean newWeighted) {
            return new BatchShape(extents, newWeighted, keepsValues, derivatives);
        }
    }

    LossPlan(LossSignature signature, DeviceKernels kernels, Device device, BatchShape shape, int capacity) {
        this.signature = signature;
        this.shape = shape;
        this.capacity = capacity;
        this.device = device;
        this.tasks = new Tasks("loss", device.largestGroup());
        List<int[]> extents = shape.extents().stream()
                .map(e -> e.stream().mapToInt(i -> i).toArray())
                .toList();
        this.loss = new LossTasks(signature, kernels, capacity, extents, shape.weighted(), shape.keepsValues(), tasks);
        tasks.changing(
                loss.arguments().settings(),
                loss.arguments().weights(),
                loss.arguments().sizes());
        for (int i = 0; i < signature.inputs().size(); i++) {
            tasks.changing(loss.array(i));
        }
        loss.add(tasks, signature.name(), shape.derivatives(), total, 0);
        this.plan = DeviceException.guarded(work(), tasks, device, this::made);
    }

    private String work() {
        return "the loss " + signature;
    }

    private TornadoExecutionPlan made() {
        GridScheduler grids = new GridScheduler();
        TornadoExecutionPlan made = new TornadoExecutionPlan(tasks.graph(grids)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, results())
                .snapshot());
        made.withDevice(device.handle()).withGridScheduler(grids);
        return made;
    }

    private Object[] results() {
        DeviceArguments arguments = loss.arguments();
        List<Object> results = new ArrayList<>(List.of(total));
        if (shape.keepsValues()) {
            results.add(arguments.values());
        }
        for (int i = 0;
                shape.derivatives() != Derivatives.NONE
                        && i < signature.inputs().size();
                i++) {
            if (isPrediction(i)) {
                results.add(arguments.gradient(i));
                if (shape.derivatives() == Derivatives.HESSIAN) {
                    results.add(arguments.hessian(i));
                }
            } else if (signature.inputs().get(i).trainable()) {
                results.add(arguments.parameterGradient(i));
            }
        }
        return results.toArray();
    }

    private boolean isPrediction(int position) {
        return signature.inputs().get(position).role() == LossSignature.Input.Role.PREDICTION;
    }

    /**
     * Whether batches of this shape and number of units or rows fit the plan. A plan for weighted batches also accepts
     * unweighted ones.
     */
    boolean takes(BatchShape other, int count) {
        BatchShape weighted = other.weighted() ? other : other.withWeights(shape.weighted());
        return shape.equals(weighted) && count <= capacity;
    }

    /**
     * Evaluates the first units of a frame of this shape; returns the sum of their losses.
     *
     * @param count the number of units, or of rows if the unit is the batch
     */
    double run(KernelFrame frame, int units, int count) {
        write(frame, units, count);
        DeviceException.guarded(work(), tasks, device, plan::execute);
        read(frame, units);
        return total.get(0);
    }

    private void write(KernelFrame frame, int units, int count) {
        loss.arguments().batch(count, frame.weights() != null);
        loss.arguments().settings().set(DeviceArguments.FACTOR, frame.scale());
        HostArrays.copy(frame.weights(), loss.arguments().weights(), units);
        for (int i = 0; i < signature.inputs().size(); i++) {
            loss.write(frame, units, i);
        }
    }

    private void read(KernelFrame frame, int units) {
        HostArrays.copy(loss.arguments().values(), frame.values(), units);
        for (int i = 0;
                shape.derivatives() != Derivatives.NONE
                        && i < signature.inputs().size();
                i++) {
            if (isPrediction(i)) {
                int entries = units * frame.unitSize(i);
                HostArrays.copy(loss.arguments().gradient(i), frame.gradient(i), entries);
                if (shape.derivatives() == Derivatives.HESSIAN) {
                    HostArrays.copy(loss.arguments().hessian(i), frame.hessian(i), entries);
                }
            } else if (signature.inputs().get(i).trainable()) {
                add(loss.arguments().parameterGradient(i), frame.parameterGradient(i));
            }
        }
    }

    private static void add(FloatArray gradient, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += gradient.get(i);
        }
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new DeviceException(
                    "TornadoVM could not end its work on the loss " + signature + ": " + e.getMessage(), e);
        }
    }
}
