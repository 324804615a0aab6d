package dev.lossforge.benchmarks.gpu;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * One kernel with its second phase in one execution plan: checked against the host in double, then timed at several grids.
 *
 * @param <T> the targets: FloatArray or IntArray
 */
final class LossCase<T> {

    private static final int SUM_LOCAL = 1024;

    /** A grid to time: so many groups of so many work-items. */
    record Grid(int groups, int local) {}

    /** What the host computes: the value, and the gradient at an index of {@code g}. */
    record Expected(double value, IntToDoubleFunction gradient, double tolerance) {}

    private final String name;
    private final Task7<KernelContext, FloatArray, T, FloatArray, FloatArray, FloatArray, IntArray> kernel;
    private final FloatArray input;
    private final T target;
    private final FloatArray gradient;
    private final double bytes;
    private final IntArray sizes;
    private final FloatArray settings;

    LossCase(
            String name,
            Task7<KernelContext, FloatArray, T, FloatArray, FloatArray, FloatArray, IntArray> kernel,
            FloatArray input,
            T target,
            FloatArray gradient,
            double bytes,
            int[] sizes,
            float[] settings) {
        this.name = name;
        this.kernel = kernel;
        this.input = input;
        this.target = target;
        this.gradient = gradient;
        this.bytes = bytes;
        this.sizes = IntArray.fromArray(sizes);
        this.settings = FloatArray.fromArray(settings);
    }

    void run(Iterable<Grid> grids, int repeats, Expected expected) throws Exception {
        int maxGroups = 1;
        for (Grid grid : grids) {
            maxGroups = Math.max(maxGroups, grid.groups());
        }
        FloatArray partials = new FloatArray(maxGroups);
        FloatArray value = new FloatArray(1);
        gradient.init(Float.NaN);
        KernelContext context = new KernelContext();
        TaskGraph graph = new TaskGraph("loss")
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, input, target, gradient, partials, value, settings)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, sizes)
                .task("main", kernel, context, input, target, gradient, partials, settings, sizes)
                .task("total", ElementKernels::total, context, partials, value, sizes)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, value)
                .transferToHost(DataTransferMode.UNDER_DEMAND, gradient);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            boolean first = true;
            for (Grid grid : grids) {
                sizes.set(2, grid.groups());
                plan.withGridScheduler(scheduler(grid));
                value.set(0, Float.NaN);
                long start = System.nanoTime();
                TornadoExecutionResult result = plan.execute();
                double firstMs = (System.nanoTime() - start) / 1e6;
                String verdict = expected == null ? "-" : valueVerdict(expected, value.get(0));
                if (first) {
                    result.transferToHost(gradient);
                    verdict += expected == null ? "" : gradientVerdict(expected);
                }
                first = false;
                double[] kernelMs = kernelTimes(plan, repeats);
                double wallMs = wallTime(plan, repeats);
                System.out.printf(
                        "%-22s %5d x %-8d kernel %9.4f ms (min %9.4f)  %7.1f GB/s  wall %9.4f ms  first %7.0f ms  %s%n",
                        name,
                        grid.local(),
                        grid.groups(),
                        kernelMs[0],
                        kernelMs[1],
                        bytes / kernelMs[0] / 1e6,
                        wallMs,
                        firstMs,
                        verdict);
            }
            plan.freeDeviceMemory();
        }
    }

    private static GridScheduler scheduler(Grid grid) {
        WorkerGrid main = new WorkerGrid1D(grid.groups() * grid.local());
        main.setLocalWork(grid.local(), 1, 1);
        WorkerGrid total = new WorkerGrid1D(SUM_LOCAL);
        total.setLocalWork(SUM_LOCAL, 1, 1);
        GridScheduler scheduler = new GridScheduler();
        scheduler.addWorkerGrid("loss.main", main);
        scheduler.addWorkerGrid("loss.total", total);
        return scheduler;
    }

    private static double[] kernelTimes(TornadoExecutionPlan plan, int repeats) {
        plan.withProfiler(ProfilerMode.SILENT);
        plan.execute();
        double[] ms = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            ms[i] = plan.execute().getProfilerResult().getDeviceKernelTime() / 1e6;
        }
        plan.withoutProfiler();
        return new double[] {median(ms), ms[0]};
    }

    private static double wallTime(TornadoExecutionPlan plan, int repeats) {
        plan.execute();
        double[] ms = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            plan.execute();
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(ms);
    }

    private static double median(double[] values) {
        java.util.Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String valueVerdict(Expected expected, float got) {
        double error = Math.abs(got - expected.value()) / Math.abs(expected.value());
        return String.format(error <= 2e-5 ? "value ok %.1e" : "VALUE WRONG %.1e", error);
    }

    private String gradientVerdict(Expected expected) {
        double worst = IntStream.range(0, gradient.getSize())
                .parallel()
                .mapToDouble(i -> {
                    double error =
                            Math.abs(gradient.get(i) - expected.gradient().applyAsDouble(i));
                    return error == error ? error : Double.POSITIVE_INFINITY;
                })
                .max()
                .orElseThrow();
        return String.format(worst <= expected.tolerance() ? " gradient ok %.1e" : " GRADIENT WRONG %.1e", worst);
    }
}
