package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.kernel.UnitKernels;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Found beside {@link BrokenLoss}, as generated kernels are. */
public final class BrokenLossDeviceKernels implements UnitKernels {

    @Override
    public TaskGraph gradients(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments) {
        return value(graph, task, context, arguments);
    }

    @Override
    public TaskGraph value(TaskGraph graph, String task, KernelContext context, DeviceArguments arguments) {
        return graph.task(task, BrokenLossDeviceKernels::cubeRoots, context, arguments.floats(0), arguments.partials());
    }

    @Override
    public void requireIndices(KernelFrame frame, int from, int to) {}

    /** TornadoVM knows no cube root. */
    static void cubeRoots(KernelContext c, FloatArray p, FloatArray partials) {
        partials.set(c.groupIdx, (float) Math.cbrt(p.get(c.globalIdx)));
    }
}
