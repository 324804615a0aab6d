package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks from the parts of the gradients to the updated parameters. */
public final class UpdateTasks {
    private static final int GROUP = 256;
    private static final int MAX_GROUPS = 256;

    private UpdateTasks() {}

    /**
     * Adds the sum of the gradients, the check of all numbers, the clipping, and the update.
     *
     * @param trained the parameters that the step changes
     * @param state the parameters, then the optimizer's slots
     * @param weights 1 for each parameter that weight decay acts on, and 0 for the others
     * @param losses the partial sums of the losses
     * @param results see {@link StepResults}; it already holds the results of the penalties
     */
    public static void add(
            Tasks tasks,
            DeviceNetwork network,
            CompileSpec spec,
            TrainedParameters trained,
            UpdateSettings settings,
            FloatArray state,
            FloatArray weights,
            PenaltyTasks penalties,
            FloatArray losses,
            FloatArray results) {
        int size = trained.all();
        FloatArray gradient = new FloatArray(Math.max(1, size));
        gradient.init(0f);
        IntArray ranges = trained.ranges();
        tasks.constant(gradient, ranges);
        FloatArray wrong = addSum(tasks, network, penalties, gradient, ranges, size);
        IntArray sizes = IntArray.fromElements(losses.getSize(), wrong.getSize(), results.getSize());
        tasks.constant(sizes);
        tasks.inGroups(
                "conclude",
                1,
                tasks.groupSize(GROUP),
                (graph, task, c) -> graph.task(task, GradientKernels::conclude, c, losses, wrong, results, sizes));
        new ClippingTasks(tasks, gradient, results).add(spec.clipping(), trained);
        tasks.changing(settings.array());
        FloatArray numbers = settings.array();
        tasks.overItems("update", size, (graph, task, c) -> switch (spec.optimizer()) {
            case Sgd sgd
            when sgd.momentum() == 0 ->
                graph.task(task, UpdateKernels::plain, c, state, gradient, results, numbers, ranges);
            case Sgd sgd ->
                graph.task(
                        task,
                        UpdateKernels::momentum,
                        c,
                        state,
                        gradient,
                        results,
                        numbers,
                        ranges,
                        size,
                        sgd.nesterov() ? 1 : 0);
            case Adam adam ->
                graph.task(task, UpdateKernels::adam, c, state, gradient, weights, results, numbers, ranges, size);
            case AdamW adamW ->
                graph.task(task, UpdateKernels::adam, c, state, gradient, weights, results, numbers, ranges, size);
        });
    }

    /** Returns the array that counts NaN and infinite gradients. */
    private static FloatArray addSum(
            Tasks tasks,
            DeviceNetwork network,
            PenaltyTasks penalties,
            FloatArray gradient,
            IntArray ranges,
            int size) {
        int local = tasks.groupSize(GROUP);
        int groups = Math.clamp(Math.ceilDiv(size, local), 1, MAX_GROUPS);
        FloatArray wrong = new FloatArray(groups);
        IntArray table = network.parts().table();
        tasks.constant(table);
        tasks.inGroups(
                "gradient",
                groups,
                local,
                (graph, task, c) -> graph.task(
                        task,
                        GradientKernels::sum,
                        c,
                        network.partGradients(),
                        penalties.gradient(),
                        gradient,
                        wrong,
                        table,
                        ranges,
                        penalties.isEmpty() ? 0 : 1));
        return wrong;
    }
}
