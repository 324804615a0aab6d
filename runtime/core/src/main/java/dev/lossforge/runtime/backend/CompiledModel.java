package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A model that a backend carries out, with its parameters and its optimiser's state.
 *
 * <p>What holds for every implementation:
 *
 * <ul>
 *   <li>On the same machine, the same architecture, spec (seed and threads included), state and calls give the same
 *       bits.
 *   <li>Batches may have any number of samples, from call to call; a batch no larger than announced by {@link #prepare}
 *       allocates nothing that grows with it.
 *   <li>Inputs, targets and weights are read during the call only; the caller may overwrite them afterwards.
 *   <li>Tensors that {@link #lastOutputs} and {@link #evaluate} return may be overwritten by the next call; those of
 *       all other methods are the caller's own.
 *   <li>Inputs of another shape than the architecture's, and targets that do not fit the loss, throw a
 *       {@link dev.lossforge.runtime.tensor.ShapeException} and change nothing.
 *   <li>One thread uses it at a time.
 * </ul>
 */
public interface CompiledModel extends AutoCloseable {

    Architecture architecture();

    CompileSpec spec();

    /**
     * Announces a training in batches of at most {@code largestBatch} samples. An implementation can allocate memory
     * and compile device code now, so that the first step is as fast as the others. Changes no parameter and no state.
     * The call is optional.
     */
    void prepare(int largestBatch);

    /**
     * One step on a batch: forward (with dropout), loss and penalties, backward, update.
     *
     * <p>If the loss, the penalty or any gradient is NaN or infinite, the step updates nothing: parameters, optimiser
     * state and step counter stay as before the call, and the result says so. The check precedes the update, so that no
     * copy of the parameters is needed to go back.
     */
    StepResult trainStep(Batch batch);

    /**
     * What the model made of the batch in the last {@link #trainStep}, as the loss saw it: with dropout, before the
     * update.
     *
     * @throws IllegalStateException if there was no such step, or another call came between
     */
    Outputs lastOutputs();

    /**
     * The Euclidean norm of all gradients of the last step that was applied, those of penalties included: before
     * clipping by norms, after clipping by value. NaN if this backend does not say.
     */
    default double gradientNorm() {
        return Double.NaN;
    }

    /**
     * One step with gradients that the caller makes of the outputs: forward (with dropout) once, penalties, backward,
     * update. The losses of the spec are not evaluated.
     *
     * @param gradients gets the outputs, valid during the call, and returns a value and its gradients by output. If
     *     there is one of both, their names do not matter; an output without a gradient gets none.
     * @throws BackendException if this backend cannot
     * @throws dev.lossforge.runtime.tensor.ShapeException if a gradient is not shaped as its output
     */
    default StepResult step(Batch batch, Function<Outputs, LossResult> gradients) {
        throw new BackendException(
                "This backend takes no steps along gradients of your own; choose the backend 'cpu'.");
    }

    /** Forward without dropout, and the loss; changes nothing. */
    EvaluationStep evaluate(Batch batch);

    /**
     * Forward without dropout, for all samples at once, for a model of one input and one output. {@code Model.predict}
     * passes many samples in slices.
     */
    Tensor predict(Tensor inputs);

    /** As {@link #predict}, for a model of any inputs and outputs. Targets and weights are not looked at. */
    default Outputs predictAll(Batch inputs) {
        return Outputs.of(predict(inputs.inputs()));
    }

    /** The learning rate of the next step. */
    double learningRate();

    /**
     * Sets the learning rate from the next step on.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if it is not a finite number above 0
     */
    void setLearningRate(double learningRate);

    /** The number of updates so far. */
    long step();

    /** A copy of all parameters, in the order of {@link CompileSpec#parameters}. */
    SequencedMap<String, Tensor> parameters();

    /** Replaces all parameters by copies of these; the condition is {@link CompileSpec#requireParameters}. */
    void loadParameters(Map<String, Tensor> parameters);

    /** A copy of the optimizer's state. */
    OptimizerState optimizerState();

    /** Replaces the optimizer's state, including the number of steps; see {@link CompileSpec#requireSlots}. */
    void loadOptimizerState(OptimizerState state);

    /** Releases threads and device memory. No other method may be called afterwards. */
    @Override
    void close();
}
