package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.AdamW;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceNetwork;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks from the parts of the gradients to the updated parameters. */
public final class UpdateTasks {
    private static final int GROUP = 256;
    private static final int MAX_GROUPS = 256;
    /** Above this sum, squares that vanish in float32 do not matter. */
    private static final double MIN_SQUARES = 1e-20;

    private final Tasks tasks;
    private final CompileSpec spec;
    private final TrainedParameters trained;
    private final FloatArray state;
    private final FloatArray weights;
    private final FloatArray gradient;
    /** For each group of the sum of gradients, the sum of their squares. */
    private final FloatArray squares;

    private final StepResults results;
    private final ClippingTasks clipping;
    private final UpdateSettings ofLayers;
    private final UpdateSettings ofLosses;

    /**
     * @param trained the parameters that the step changes
     * @param state the parameters, then the optimizer's slots
     * @param weights 1 for each parameter that weight decay acts on, and 0 for the others
     */
    public UpdateTasks(
            Tasks tasks,
            CompileSpec spec,
            TrainedParameters trained,
            FloatArray state,
            FloatArray weights,
            StepResults results) {
        this.tasks = tasks;
        this.spec = spec;
        this.trained = trained;
        this.state = state;
        this.weights = weights;
        this.results = results;
        this.gradient = new FloatArray(Math.max(1, trained.all()));
        this.squares = new FloatArray(groups());
        this.clipping = new ClippingTasks(tasks, gradient, results.array());
        this.ofLayers = new UpdateSettings(spec.optimizer());
        this.ofLosses = new UpdateSettings(spec.optimizer());
    }

    /** Sets the numbers for an update. Updates are counted from 1. */
    public void begin(double learningRate, long step) {
        ofLayers.begin(learningRate, step);
        ofLosses.begin(learningRate * spec.hyperparameterRate(), step);
    }

    /**
     * Adds the sum of the gradients, the check of all numbers, the clipping, and the update.
     *
     * @param penalties the penalties, whose tasks have been added
     * @param losses the partial sums of the first loss; the sums of the others are already among the results
     */
    public void add(DeviceNetwork network, PenaltyTasks penalties, FloatArray losses) {
        gradient.init(0f);
        tasks.constant(gradient);
        FloatArray wrong = addSum(network, penalties);
        IntArray sizes = IntArray.fromElements(losses.getSize(), wrong.getSize(), results.hyperparameters());
        tasks.constant(sizes);
        FloatArray numbers = results.array();
        tasks.inGroups(
                "conclude",
                1,
                tasks.groupSize(GROUP),
                (graph, task, c) -> graph.task(task, GradientKernels::conclude, c, losses, wrong, numbers, sizes));
        clipping.add(spec.clipping(), trained);
        addUpdate("update", trained.all(), ofLayers, trained.ofLayers());
        if (!trained.ofLosses().isEmpty()) {
            addUpdate("update_hyperparameters", 1, ofLosses, trained.ofLosses());
            addLimits();
        }
    }

    /** The arrays that {@link #norm} may need. */
    public Object[] normArrays() {
        List<Object> arrays = new ArrayList<>(List.of(squares, gradient));
        arrays.addAll(clipping.normArrays());
        return arrays.toArray();
    }

    /**
     * The norm of all gradients of the last step, before norms were limited. The device's sums of squares do unless
     * they are about to overflow or to vanish.
     *
     * @param fetch copies one of the {@link #normArrays} from the device
     */
    public double norm(Consumer<Object> fetch) {
        if (!clipping.normArrays().isEmpty()) {
            clipping.normArrays().forEach(fetch);
            return clipping.norm();
        }
        if (spec.clipping() instanceof GradientClipping.None) {
            fetch.accept(squares);
            double sum = 0;
            for (int i = 0; i < squares.getSize(); i++) {
                sum += squares.get(i);
            }
            if (sum > MIN_SQUARES && sum < Float.MAX_VALUE) {
                return Math.sqrt(sum);
            }
        }
        fetch.accept(gradient);
        double sum = 0;
        for (int i = 0; i < gradient.getSize(); i++) {
            sum += (double) gradient.get(i) * gradient.get(i);
        }
        return Math.sqrt(sum);
    }

    private int groups() {
        return Math.clamp(Math.ceilDiv(trained.all(), tasks.groupSize(GROUP)), 1, MAX_GROUPS);
    }

    /** Returns the array that counts NaN and infinite gradients. */
    private FloatArray addSum(DeviceNetwork network, PenaltyTasks penalties) {
        FloatArray wrong = new FloatArray(groups());
        IntArray table = network.parts().table();
        IntArray ranges = TrainedParameters.ranges(trained.regions());
        tasks.constant(table, ranges);
        tasks.inGroups(
                "gradient",
                groups(),
                tasks.groupSize(GROUP),
                (graph, task, c) -> graph.task(
                        task,
                        GradientKernels::sum,
                        c,
                        network.partGradients(),
                        penalties.gradient(),
                        gradient,
                        wrong,
                        squares,
                        table,
                        ranges,
                        penalties.isEmpty() ? 0 : 1));
        return wrong;
    }

    private void addUpdate(String name, int items, UpdateSettings settings, List<Region> regions) {
        FloatArray numbers = settings.array();
        FloatArray outcome = results.array();
        IntArray ranges = TrainedParameters.ranges(regions);
        int size = trained.all();
        tasks.constant(ranges);
        tasks.changing(numbers);
        tasks.overItems(name, items, (graph, task, c) -> switch (spec.optimizer()) {
            case Sgd sgd
            when sgd.momentum() == 0 ->
                graph.task(task, UpdateKernels::plain, c, state, gradient, outcome, numbers, ranges);
            case Sgd sgd ->
                graph.task(
                        task,
                        UpdateKernels::momentum,
                        c,
                        state,
                        gradient,
                        outcome,
                        numbers,
                        ranges,
                        size,
                        sgd.nesterov() ? 1 : 0);
            case Adam adam ->
                graph.task(task, UpdateKernels::adam, c, state, gradient, weights, outcome, numbers, ranges, size);
            case AdamW adamW ->
                graph.task(task, UpdateKernels::adam, c, state, gradient, weights, outcome, numbers, ranges, size);
        });
    }

    /** Adds the task that keeps the hyperparameters within their declared ranges. */
    private void addLimits() {
        List<LossSignature.Input> declared =
                new ArrayList<>(spec.hyperparameterInputs().values());
        int first = trained.ofLosses().getFirst().first();
        int size = trained.all() - first;
        FloatArray limits = new FloatArray(2 * size);
        int at = 0;
        for (int i = 0; i < declared.size(); i++) {
            for (int entry = 0; entry < trained.ofLosses().get(i).size(); entry++) {
                limits.set(at, (float) declared.get(i).min());
                limits.set(size + at++, (float) declared.get(i).max());
            }
        }
        IntArray place = IntArray.fromElements(first, size);
        tasks.constant(limits, place);
        tasks.overItems(
                "limit_hyperparameters",
                size,
                (graph, task, c) ->
                        graph.task(task, UpdateKernels::keepWithin, c, state, results.array(), limits, place));
    }
}
