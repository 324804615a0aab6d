package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a loss on a device. Each run copies the batch's arrays to the device and its results back. It is meant
 * for tests, comparisons and single losses, not for the steps of a training. It keeps the execution plan of the last
 * batch's shape, because creating a plan takes a good part of a second. All batches of that shape with no more units
 * use the plan; if the unit is the batch, its rows count instead. Only one thread may use it at a time.
 */
public final class DeviceLoss implements LossKernel, AutoCloseable {
    /** Array positions in a kernel are ints, and one step past the last element must still be one. */
    private static final int MAX_ENTRIES = 1 << 30;

    private final LossSignature signature;
    private final DeviceKernels kernels;
    private final Device device;
    private final DeviceThread thread;
    private @Nullable LossPlan plan;

    /**
     * A loss on a device, with its generated kernels.
     *
     * @throws dev.lossforge.runtime.backend.BackendException if none were generated
     */
    public static DeviceLoss of(LossFunction loss, Device device) {
        return new DeviceLoss(loss.signature(), GeneratedKernels.of(loss), device);
    }

    /** @param kernels the generated kernels of the loss with this signature */
    DeviceLoss(LossSignature signature, DeviceKernels kernels, Device device) {
        this.signature = signature;
        this.kernels = kernels;
        this.device = device;
        this.thread = new DeviceThread(device.id());
    }

    /**
     * Evaluates the units of the frame, starting with the first, all at once, because the device divides the work
     * itself. With 0 units, the sum is 0 and nothing is written.
     *
     * @throws IllegalArgumentException if {@code from} is not 0
     * @throws DeviceException if TornadoVM cannot compile or run the kernel, or the device hangs
     */
    @Override
    public double run(KernelFrame frame, int from, int to) {
        if (from != 0) {
            throw new IllegalArgumentException("a device takes all units at once, but the range begins at " + from);
        }
        kernels.requireIndices(frame, from, to);
        if (to == 0) {
            return 0;
        }
        requireCountable(frame, to);
        int count = LossTasks.count(signature, frame, to);
        return thread.call("the loss " + signature, () -> plan(frame, count).run(frame, to, count));
    }

    private LossPlan plan(KernelFrame frame, int count) {
        LossPlan.BatchShape shape = shape(frame);
        LossPlan current = plan;
        if (current == null || !current.takes(shape, count)) {
            release();
            current = new LossPlan(signature, kernels, device, shape, count);
            plan = current;
        }
        return current;
    }

    private void requireCountable(KernelFrame frame, int units) {
        for (int i = 0; i < signature.inputs().size(); i++) {
            if ((long) units * frame.unitSize(i) > MAX_ENTRIES) {
                throw new DeviceException("The batch has more than 2^30 entries of '"
                        + signature.inputs().get(i).name() + "', which a device kernel cannot number; divide it.");
            }
        }
    }

    private LossPlan.BatchShape shape(KernelFrame frame) {
        List<List<Integer>> extents = LossTasks.extents(signature, frame).stream()
                .map(e -> Arrays.stream(e).boxed().toList())
                .toList();
        return new LossPlan.BatchShape(extents, frame.weights() != null, frame.values() != null, derivatives(frame));
    }

    private Derivatives derivatives(KernelFrame frame) {
        if (signature.hessian() && frame.wantsHessians()) {
            return Derivatives.HESSIAN;
        }
        return frame.wantsDerivatives() ? Derivatives.GRADIENT : Derivatives.NONE;
    }

    private boolean release() {
        LossPlan current = plan;
        plan = null;
        if (current != null) {
            current.close();
        }
        return true;
    }

    /** Frees the device's memory, unless the device hangs. */
    @Override
    public void close() {
        try (thread) {
            if (!thread.isHung()) {
                thread.call("the release of its memory", this::release);
            }
        }
    }
}
