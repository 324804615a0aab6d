package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tornadovm.internal.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.internal.plan.Derivatives;
import dev.lossforge.runtime.tornadovm.internal.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.internal.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.internal.plan.StepResults;
import dev.lossforge.runtime.tornadovm.internal.plan.Tasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The penalties on the weights, as losses whose predictions are the weights. A penalty on all weights runs over all
 * parameters; parameters that are not weights have the weight 0. A penalty on a region works on a copy of the region.
 */
public final class PenaltyTasks {
    private final List<PenaltyTerm> terms;
    private final FloatArray gradient;

    /**
     * @param terms the terms, with those on all weights first
     * @param parameters the number of parameters of the model
     */
    public PenaltyTasks(List<PenaltyTerm> terms, int parameters) {
        this.terms = terms;
        this.gradient = new FloatArray(terms.isEmpty() ? 1 : Math.max(1, parameters));
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The gradient of all penalties, including their factors. */
    public FloatArray gradient() {
        return gradient;
    }

    /**
     * Adds the tasks of all penalties.
     *
     * @param state an array that begins with the parameters
     * @param weights 1 for each parameter that penalties act on, and 0 for the others
     */
    public void add(
            Tasks tasks, int parameters, FloatArray state, FloatArray weights, boolean training, StepResults results) {
        if (training && !terms.isEmpty() && terms.getFirst().region().isPresent()) {
            tasks.overItems(
                    "penalties",
                    parameters,
                    (graph, task, c) -> graph.task(task, GradientKernels::clear, c, gradient, parameters));
        }
        for (int i = 0; i < terms.size(); i++) {
            PenaltyTerm term = terms.get(i);
            int result = results.penalty(i);
            if (term.region().isPresent()) {
                addRegion(tasks, term, term.region().get(), state, training, results.array(), result);
            } else {
                addAll(tasks, term, i == 0, parameters, state, weights, training, results.array(), result);
            }
        }
    }

    private void addAll(
            Tasks tasks,
            PenaltyTerm term,
            boolean isFirst,
            int parameters,
            FloatArray state,
            FloatArray weights,
            boolean training,
            FloatArray results,
            int result) {
        FloatArray own = isFirst ? gradient : new FloatArray(gradient.getSize());
        LossTasks loss = tasksOf(term, parameters, true, state, own, tasks);
        HostArrays.copy(weights, loss.arguments().weights());
        loss.add(tasks, term.name(), Derivatives.of(training), results, result);
        if (training && !isFirst) {
            tasks.overItems(
                    term.name() + "_sum",
                    parameters,
                    (graph, task, c) -> graph.task(task, GradientKernels::add, c, own, gradient, parameters));
        }
    }

    private void addRegion(
            Tasks tasks,
            PenaltyTerm term,
            Region region,
            FloatArray state,
            boolean training,
            FloatArray results,
            int result) {
        FloatArray copy = new FloatArray(region.size());
        FloatArray own = new FloatArray(region.size());
        IntArray place = IntArray.fromElements(region.first(), region.size());
        tasks.constant(place);
        tasks.overItems(
                term.name() + "_weights",
                region.size(),
                (graph, task, c) -> graph.task(task, GradientKernels::take, c, state, copy, place));
        BoundLoss bound = term.bound();
        int count = LossTasks.count(bound.signature(), bound.frame(), bound.units());
        tasksOf(term, count, false, copy, own, tasks)
                .add(tasks, term.name(), Derivatives.of(training), results, result);
        if (training) {
            tasks.overItems(
                    term.name() + "_sum",
                    region.size(),
                    (graph, task, c) -> graph.task(task, GradientKernels::addTo, c, own, gradient, place));
        }
    }

    /** @param count the count that {@link LossTasks} expects */
    private static LossTasks tasksOf(
            PenaltyTerm term, int count, boolean weighted, FloatArray values, FloatArray own, Tasks tasks) {
        BoundLoss bound = term.bound();
        KernelFrame frame = bound.frame();
        LossTasks loss = new LossTasks(
                bound.signature(),
                term.kernels(),
                count,
                LossTasks.extents(bound.signature(), frame),
                weighted,
                false,
                tasks);
        DeviceArguments arguments = loss.arguments();
        arguments.settings().set(DeviceArguments.FACTOR, (float) term.penalty().factor());
        tasks.constant(arguments.settings(), arguments.sizes(), arguments.weights());
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossSignature.Input.Role.PREDICTION) {
                arguments.prediction(i, values, own);
            } else {
                loss.write(frame, bound.units(), i);
                tasks.constant(loss.array(i));
            }
        }
        return loss;
    }
}
