package dev.lossforge.runtime.tornadovm.training;

import dev.lossforge.runtime.backend.Penalty;
import dev.lossforge.runtime.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.tornadovm.kernel.DeviceArguments;
import dev.lossforge.runtime.tornadovm.kernel.DeviceKernels;
import dev.lossforge.runtime.tornadovm.plan.HostArrays;
import dev.lossforge.runtime.tornadovm.plan.LossTasks;
import dev.lossforge.runtime.tornadovm.plan.Tasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The penalties on the weights. Each runs over all parameters at once, as a loss whose predictions they are; the weight
 * of a bias in that loss is 0.
 */
public final class PenaltyTasks {
    private final List<Term> terms;
    private final FloatArray gradient;

    /**
     * One penalty.
     *
     * @param bound its formula on some weights, which tells its hyperparameters
     */
    public record Term(Penalty penalty, BoundLoss bound, DeviceKernels kernels) {}

    /** @param parameters the number of parameters of the model */
    public PenaltyTasks(List<Term> terms, int parameters) {
        this.terms = terms;
        this.gradient = new FloatArray(terms.isEmpty() ? 1 : Math.max(1, parameters));
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The gradient of all penalties, factors included. */
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
            Tasks tasks, int parameters, FloatArray state, FloatArray weights, boolean training, FloatArray results) {
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            FloatArray own = i == 0 ? gradient : new FloatArray(gradient.getSize());
            LossTasks loss = tasksOf(term, parameters, state, own, tasks);
            HostArrays.copy(weights, loss.arguments().weights());
            String name = "penalty_" + term.penalty().regularizer().name();
            loss.add(tasks, name, training, results, StepResults.FIRST_PENALTY + i);
            if (training && i > 0) {
                tasks.overItems(
                        name + "_sum",
                        parameters,
                        (graph, task, c) -> graph.task(task, GradientKernels::add, c, own, gradient, parameters));
            }
        }
    }

    private static LossTasks tasksOf(Term term, int parameters, FloatArray state, FloatArray own, Tasks tasks) {
        BoundLoss bound = term.bound();
        KernelFrame frame = bound.frame();
        LossTasks loss = new LossTasks(
                bound.signature(),
                term.kernels(),
                parameters,
                LossTasks.extents(bound.signature(), frame),
                true,
                false,
                tasks);
        DeviceArguments arguments = loss.arguments();
        arguments.settings().set(DeviceArguments.FACTOR, (float) term.penalty().factor());
        tasks.constant(arguments.settings(), arguments.sizes(), arguments.weights());
        for (int i = 0; i < bound.signature().inputs().size(); i++) {
            if (bound.signature().inputs().get(i).role() == LossInput.Role.PREDICTION) {
                arguments.prediction(i, state, own);
            } else {
                loss.write(frame, i);
                tasks.constant(loss.array(i));
            }
        }
        return loss;
    }
}
