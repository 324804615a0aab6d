package dev.lossforge.runtime.tornadovm.kernel;

import dev.lossforge.runtime.kernel.KernelFrame;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * The kernels of one loss as tasks. Generated beside the loss; stateless. Each task stores one partial sum of the
 * losses per work-group, and does not depend on the number of groups or, up to 1024 and being a power of two, their
 * size.
 */
public interface DeviceKernels {

    /** Adds the task that computes the loss and its derivatives. */
    TaskGraph gradients(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments);

    /** Adds the task that computes the loss alone. */
    TaskGraph value(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments);

    /** Whether rows can be divided among the work-items of a group, as {@link DeviceArguments#sharesRows} asks. */
    default boolean canShareRows() {
        return false;
    }

    /**
     * Checks on the host the class indices of all units but those of weight 0, which a device cannot report.
     *
     * @throws dev.lossforge.runtime.kernel.IndexException if one lies outside its range
     */
    void requireIndices(KernelFrame frame, int from, int to);
}
