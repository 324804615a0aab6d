package dev.lossforge.runtime.tornadovm.internal.plan;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.internal.kernel.BatchKernels;
import dev.lossforge.runtime.tornadovm.internal.kernel.BatchPlan;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a loss over the batch, one for each step. */
final class BatchTasks {
    /** The maximum number of entries that a kernel can index, the same as for an input. */
    private static final int MAX_ENTRIES = 1 << 30;
    /** The number of work-items that keep a device busy. */
    private static final int ENOUGH_ITEMS = 1 << 16;

    private static final int GROUP = 128;
    private static final int LARGEST_GROUP = 1024;

    private BatchTasks() {}

    static void add(
            Tasks tasks,
            String name,
            LossSignature signature,
            BatchKernels kernels,
            DeviceArguments arguments,
            boolean derivatives) {
        BatchPlan plan = new BatchPlan();
        kernels.plan(plan, arguments);
        requireCountable(signature, plan);
        List<Integer> lanes = new ArrayList<>();
        for (BatchPlan.BatchStep step : plan.steps()) {
            lanes.add(lanes(step, tasks));
        }
        plan.allocate(lanes);
        tasks.constant(plan.places());
        for (int i = 0; i < plan.steps().size(); i++) {
            BatchPlan.BatchStep step = plan.steps().get(i);
            if (derivatives || step.ofValue()) {
                int local = tasks.groupSize(Math.max(GROUP, lanes.get(i)));
                int groups = (int) Math.max(1, Math.ceilDiv(step.points() * lanes.get(i), local));
                tasks.inGroups(name + "_" + step.name(), groups, local, step.kernel()::addTo);
            }
        }
    }

    private static void requireCountable(LossSignature signature, BatchPlan plan) {
        long max = Math.max(
                plan.entries(),
                plan.steps().stream()
                        .mapToLong(BatchPlan.BatchStep::points)
                        .max()
                        .orElse(0));
        if (max > MAX_ENTRIES) {
            throw new BackendException("The loss " + signature + " has " + max
                    + " intermediate values for a batch of this size, more than the 2^30 that a device kernel can number;"
                    + " make the batch smaller.");
        }
    }

    /**
     * The number of work-items that share the rounds of a point: at most the number of rounds, and no more than the
     * device needs to be busy.
     */
    private static int lanes(BatchPlan.BatchStep step, Tasks tasks) {
        if (step.rounds() == 0) {
            return 1;
        }
        long wanted = Math.min(step.rounds(), ENOUGH_ITEMS / Math.max(1, step.points()));
        return tasks.groupSize(Integer.highestOneBit(Math.clamp(wanted, 1, LARGEST_GROUP)));
    }
}
