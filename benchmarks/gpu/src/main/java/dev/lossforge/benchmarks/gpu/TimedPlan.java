package dev.lossforge.benchmarks.gpu;

import dev.lossforge.runtime.tornadovm.Device;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Tasks in a plan whose arrays stay on the device, so that what is timed are the kernels and their launch. */
final class TimedPlan implements AutoCloseable {
    private static final int WARM_UP = 3;
    private static final int REPETITIONS = 20;

    private final TornadoExecutionPlan plan;

    /**
     * @param result comes back after each execution
     * @param large comes back when it is asked for
     */
    TimedPlan(Tasks tasks, Device device, FloatArray result, FloatArray large) {
        GridScheduler grids = new GridScheduler();
        plan = new TornadoExecutionPlan(tasks.graph(grids)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
                .transferToHost(DataTransferMode.UNDER_DEMAND, large)
                .snapshot());
        plan.withDevice(device.handle()).withGridScheduler(grids);
    }

    TornadoExecutionResult execute() {
        return plan.execute();
    }

    /** What the device says that its kernels took, of all tasks together. */
    Times kernels() {
        plan.withProfiler(ProfilerMode.SILENT);
        double[] milliseconds = new double[REPETITIONS];
        for (int i = -WARM_UP; i < REPETITIONS; i++) {
            long nanoseconds = execute().getProfilerResult().getDeviceKernelTime();
            milliseconds[Math.max(i, 0)] = nanoseconds / 1e6;
        }
        plan.withoutProfiler();
        return Times.of(milliseconds);
    }

    /** What a caller waits for: the kernels, their launch, and the way of the small result. */
    Times calls() {
        double[] milliseconds = new double[REPETITIONS];
        for (int i = -WARM_UP; i < REPETITIONS; i++) {
            long begin = System.nanoTime();
            execute();
            milliseconds[Math.max(i, 0)] = (System.nanoTime() - begin) / 1e6;
        }
        return Times.of(milliseconds);
    }

    @Override
    public void close() {
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("TornadoVM could not end the plan", e);
        }
    }
}
