package dev.lossforge.runtime.tornadovm.internal.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * The kernels of a loss on elements or rows as tasks. Each task stores one partial sum of the losses per work-group. It
 * works for any number of groups, and for every group size that is a power of two up to 1024.
 */
public non-sealed interface UnitKernels extends DeviceKernels {

    /** Adds the task that computes the loss, its gradients and the diagonal of its Hessian, if it has one. */
    default TaskGraph hessians(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments) {
        return gradients(graph, task, context, arguments);
    }

    /** Adds the task that computes the loss and its gradients. */
    TaskGraph gradients(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments);

    /** Adds the task that computes the loss alone. */
    TaskGraph value(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments);

    /** Adds what each work-item keeps of its unit from one loop to another, such as the states of a scan. */
    default void addTables(DeviceTables tables, Extents extents) {}

    /** Whether rows can be divided among the work-items of a group; see {@link DeviceArguments#sharesRows}. */
    default boolean canShareRows() {
        return false;
    }
}
