package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.tornadovm.internal.network.GradientParts;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The trained hyperparameters of losses. They follow the layers' parameters. Losses have copies of them, and their
 * gradients are copied to those of the layers.
 */
public final class HyperparameterTasks {
    private final Tasks tasks;
    private final GradientParts parts;
    private final List<Hyperparameter> all = new ArrayList<>();
    private int next;

    /** @param block its place among the parameters and the gradients */
    private record Hyperparameter(String name, FloatArray value, FloatArray gradient, GradientParts.Block block) {}

    /**
     * @param first the position of the first hyperparameter among the parameters
     * @param parts gets places for the gradients
     */
    public HyperparameterTasks(int first, Tasks tasks, GradientParts parts) {
        this.tasks = tasks;
        this.parts = parts;
        this.next = first;
    }

    /**
     * Adds the next hyperparameter.
     *
     * @param value the array in which the loss reads it
     * @param gradient the array in which the loss stores its gradient
     */
    public void reserve(String name, FloatArray value, FloatArray gradient) {
        GradientParts.Block block = parts.addWhole(next, value.getSize());
        all.add(new Hyperparameter(name, value, gradient, block));
        next += value.getSize();
    }

    /** Adds the tasks that give the values to the losses and to the results. */
    public void addValues(FloatArray state, StepResults results) {
        int position = results.hyperparameters();
        for (Hyperparameter each : all) {
            IntArray inState = place(each.block().offset(), each.block().size());
            IntArray inResults = place(position, each.block().size());
            tasks.overItems(
                    each.name(),
                    each.block().size(),
                    (graph, task, c) -> graph.task(task, GradientKernels::take, c, state, each.value(), inState));
            tasks.overItems(
                    each.name() + ".result",
                    each.block().size(),
                    (graph, task, c) ->
                            graph.task(task, GradientKernels::put, c, each.value(), results.array(), inResults));
            position += each.block().size();
        }
    }

    /** Adds the tasks that store the gradients among those of all parameters. */
    public void addGradients(FloatArray partGradients) {
        for (Hyperparameter each : all) {
            IntArray place = place(each.block().first(), each.block().size());
            tasks.overItems(
                    each.name() + ".gradient",
                    each.block().size(),
                    (graph, task, c) ->
                            graph.task(task, GradientKernels::put, c, each.gradient(), partGradients, place));
        }
    }

    private IntArray place(int first, int size) {
        IntArray place = IntArray.fromElements(first, size);
        tasks.constant(place);
        return place;
    }
}
