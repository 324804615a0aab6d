package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.tornadovm.BatchGraph.Purpose;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The execution plan of a model for batches up to a size. One graph copies the state to the device, one trains, and one
 * evaluates. The state stays on the device between them. TornadoVM passes an array from graph to graph only if each
 * graph uses it and keeps it on the device. It compiles a graph on its first run.
 */
final class ModelPlan implements AutoCloseable {
    private static final String LOAD = "load";

    private final DeviceProgram program;
    private final Sizes sizes;
    private final FloatArray state;
    private final BatchGraph training;
    private final BatchGraph evaluation;
    private final @Nullable BatchGraph outputs;
    private final Tasks loading;
    private final TornadoExecutionPlan plan;
    private final GridScheduler grids = new GridScheduler();
    private @Nullable TornadoExecutionResult loaded;

    /**
     * What a plan has room for.
     *
     * @param training the maximum number of samples in a training batch
     * @param evaluation the maximum number of samples in any other batch
     * @param losses the shape of what each loss sees
     * @param givenGradients whether steps have gradients from the caller in place of losses
     */
    record Sizes(int training, int evaluation, List<LossShape> losses, boolean givenGradients) {

        Sizes {
            losses = List.copyOf(losses);
        }

        /** Whether a plan of these sizes accepts every batch that a plan of the other sizes accepts. */
        boolean cover(Sizes other) {
            return training >= other.training
                    && evaluation >= other.evaluation
                    && losses.equals(other.losses)
                    && givenGradients == other.givenGradients;
        }
    }

    private enum Graph {
        LOAD(0),
        TRAIN(1),
        EVALUATE(2),
        OUTPUTS(3);

        /** The position among the graphs of the plan. */
        private final int position;

        Graph(int position) {
            this.position = position;
        }
    }

    /** Allocates nothing on the device before the state is loaded. */
    ModelPlan(DeviceProgram program, ModelState state, Sizes sizes) {
        this.program = program;
        this.sizes = sizes;
        this.state = state.array();
        this.training = graph(state, sizes.training(), sizes.givenGradients() ? Purpose.UPDATE : Purpose.TRAIN);
        this.evaluation = graph(state, sizes.evaluation(), Purpose.EVALUATE);
        this.outputs = sizes.givenGradients() ? graph(state, sizes.training(), Purpose.OUTPUTS) : null;
        this.loading = new Tasks(LOAD, program.device().largestGroup());
        List<ImmutableTaskGraph> graphs = new ArrayList<>();
        graphs.add(made(loading, this::loadGraph));
        graphs.add(made(training.tasks(), this::trainGraph));
        graphs.add(made(evaluation.tasks(), () -> forwardGraph(evaluation)));
        if (outputs != null) {
            graphs.add(made(outputs.tasks(), () -> forwardGraph(outputs)));
        }
        this.plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(program.device().handle());
    }

    private BatchGraph graph(ModelState of, int samples, Purpose purpose) {
        return new BatchGraph(program, of, samples, sizes.losses(), purpose);
    }

    private ImmutableTaskGraph made(Tasks tasks, Supplier<TaskGraph> graph) {
        return DeviceException.guarded(
                program.work(), tasks, program.device(), () -> graph.get().snapshot());
    }

    private TaskGraph loadGraph() {
        loading.changing(state);
        loading.inGroups("state", 1, 1, (graph, task, c) -> graph.task(task, ModelPlan::keep, c, state));
        return loading.graph(grids).persistOnDevice(state).transferToHost(DataTransferMode.UNDER_DEMAND, state);
    }

    /** Changes nothing. Without it, an array that no task writes would not stay on the device. */
    static void keep(KernelContext c, FloatArray array) {
        if (c.globalIdx == 0) {
            array.set(0, array.get(0));
        }
    }

    private TaskGraph trainGraph() {
        return training.tasks()
                .graphAfter(LOAD, grids, state)
                .transferToHost(
                        DataTransferMode.EVERY_EXECUTION, training.results().array())
                .transferToHost(DataTransferMode.UNDER_DEMAND, training.outputArrays())
                .transferToHost(DataTransferMode.UNDER_DEMAND, training.normArrays());
    }

    private TaskGraph forwardGraph(BatchGraph graph) {
        graph.tasks().inGroups("state", 1, 1, (tasks, task, c) -> tasks.task(task, ModelPlan::keep, c, state));
        return graph.tasks()
                .graphAfter(LOAD, grids, state)
                .transferToHost(
                        DataTransferMode.EVERY_EXECUTION, graph.results().array())
                .transferToHost(DataTransferMode.EVERY_EXECUTION, graph.outputArrays());
    }

    Sizes sizes() {
        return sizes;
    }

    BatchGraph training() {
        return training;
    }

    BatchGraph evaluation() {
        return evaluation;
    }

    /** The graph that computes outputs as in training, in a plan for gradients from the caller. */
    BatchGraph outputs() {
        return Objects.requireNonNull(outputs);
    }

    /** Copies the state from the host to the device: at the start, and whenever the host's copy is newer. */
    void load() {
        loaded = execute(Graph.LOAD, loading);
    }

    /** Copies the state back to the host. */
    void store() {
        TornadoExecutionResult onDevice = loaded;
        if (onDevice == null) {
            throw new IllegalStateException("no state has been loaded");
        }
        onDevice.transferToHost(state);
    }

    /** Runs one step. Its results are then on the host; its outputs are fetched on request. */
    TornadoExecutionResult train() {
        return execute(Graph.TRAIN, training.tasks());
    }

    /** Runs the forward pass and the loss. Results and outputs are then on the host. */
    void evaluate() {
        execute(Graph.EVALUATE, evaluation.tasks());
    }

    /** Runs the forward pass as in training. Its outputs are then on the host. */
    void computeOutputs() {
        execute(Graph.OUTPUTS, outputs().tasks());
    }

    private TornadoExecutionResult execute(Graph graph, Tasks tasks) {
        return DeviceException.guarded(
                program.work(),
                tasks,
                program.device(),
                () -> plan.withGraph(graph.position).withGridScheduler(grids).execute());
    }

    /** The bytes that the plan holds on the device, as TornadoVM counts them. */
    long deviceMemory() {
        long bytes = 0;
        int graphs = outputs == null ? Graph.OUTPUTS.position : Graph.values().length;
        for (int position = 0; position < graphs; position++) {
            bytes += plan.withGraph(position).getCurrentDeviceMemoryUsage();
        }
        return bytes;
    }

    @Override
    public void close() {
        // Otherwise only the graph that ran last would be closed.
        plan.withAllGraphs();
        try {
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new DeviceException("TornadoVM could not end " + program.work() + ": " + e.getMessage(), e);
        }
    }
}
