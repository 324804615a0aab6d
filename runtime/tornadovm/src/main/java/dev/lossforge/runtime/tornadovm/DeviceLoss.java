package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.kernel.LossKernel;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.kernel.DeviceKernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a loss on a device. A batch's arrays go to the device and its results come back at each run: for tests,
 * comparisons and losses alone, not for the steps of a training. Keeps the execution plan of the last shape of batch,
 * since to make one takes a good part of a second. Not for several threads at once.
 */
public final class DeviceLoss implements LossKernel, AutoCloseable {
    /** Array positions in a kernel are ints, and one step past the last element must still be one. */
    private static final int MOST_ENTRIES = 1 << 30;

    private final LossSignature signature;
    private final DeviceKernels kernels;
    private final Device device;
    private @Nullable LossPlan plan;

    /** @param kernels the generated kernels of the loss with this signature */
    public DeviceLoss(LossSignature signature, DeviceKernels kernels, Device device) {
        this.signature = signature;
        this.kernels = kernels;
        this.device = device;
    }

    /**
     * Evaluates the units of the frame; all of them, since the device divides the work itself.
     *
     * @throws IllegalArgumentException if {@code from} is not 0
     * @throws DeviceException if TornadoVM cannot compile or run the kernel
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
        return plan(shape(frame, to)).run(frame);
    }

    private LossPlan plan(LossPlan.BatchShape shape) {
        LossPlan current = plan;
        if (current == null || !current.shape().equals(shape)) {
            close();
            current = new LossPlan(signature, kernels, device, shape);
            plan = current;
        }
        return current;
    }

    private LossPlan.BatchShape shape(KernelFrame frame, int units) {
        List<List<Integer>> extents = new ArrayList<>();
        for (int i = 0; i < signature.inputs().size(); i++) {
            LossInput input = signature.inputs().get(i);
            List<Integer> ofInput = new ArrayList<>();
            for (int axis = 0; axis < input.rank(); axis++) {
                ofInput.add(frame.extent(i, axis));
            }
            extents.add(ofInput);
            if ((long) units * frame.unitSize(i) > MOST_ENTRIES) {
                throw new DeviceException("The batch has more than 2^30 entries of '" + input.name()
                        + "', which a device kernel cannot number; divide it.");
            }
        }
        boolean keepsValues = frame.values() != null;
        return new LossPlan.BatchShape(units, extents, frame.weights() != null, keepsValues, frame.wantsDerivatives());
    }

    /** Frees the device's memory. */
    @Override
    public void close() {
        LossPlan current = plan;
        plan = null;
        if (current != null) {
            current.close();
        }
    }
}
