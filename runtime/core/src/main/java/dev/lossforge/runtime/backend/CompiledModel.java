package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A model compiled by a backend, with its parameters and its optimizer's state.
 *
 * <p>The following holds for every implementation:
 *
 * <ul>
 *   <li>On the same machine, the same architecture, spec (seed and threads included), state and calls give the same
 *       bits.
 *   <li>The number of samples may change from call to call. A batch no larger than announced by {@link #prepare}
 *       allocates nothing that grows with it.
 *   <li>Inputs, targets and weights are read during the call only; the caller may overwrite them afterwards.
 *   <li>Tensors that {@link #lastOutputs} and {@link #evaluate} return may be overwritten by the next call; those of
 *       all other methods belong to the caller.
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
     * <p>If the loss, the penalty or any gradient is NaN or infinite, the step updates nothing: parameters, optimizer
     * state and step counter stay as before the call, and the result says so. The check precedes the update, so going
     * back needs no copy of the parameters.
     */
    StepResult trainStep(Batch batch);

    /**
     * The model's outputs for the batch of the last {@link #trainStep}, or for the share of the last
     * {@link #gradients}, as the loss saw them: with dropout, before the update.
     *
     * @throws IllegalStateException if there was no such step, or if another call followed it
     */
    Outputs lastOutputs();

    /**
     * The Euclidean norm of all gradients of the last applied step, penalties included. It is measured before clipping
     * by norms and after clipping by value. NaN if the backend does not provide it.
     */
    default double gradientNorm() {
        return Double.NaN;
    }

    /**
     * One step with gradients that the caller computes from the outputs: forward (with dropout) once, penalties,
     * backward, update. The losses of the spec are not evaluated.
     *
     * @param gradients gets the outputs, which are valid during the call, and returns a value and its gradients by
     *     output. If there is one output and one gradient, names do not matter. An output may have no gradient.
     * @throws BackendException if this backend does not support this
     * @throws dev.lossforge.runtime.tensor.ShapeException if a gradient does not have the shape of its output
     */
    default StepResult step(Batch batch, Function<Outputs, LossResult> gradients) {
        throw new BackendException("This backend does not support custom gradients; choose the backend 'cpu'.");
    }

    /**
     * The length of the arrays of {@link #gradients}: one entry per trainable value, and possibly padding. Models with
     * the same spec and equal lengths have the entries in the same order.
     *
     * @throws BackendException if this backend cannot compute a batch in separate shares
     */
    default int gradientSize() {
        throw new BackendException("This backend does not train over several machines; choose the backend 'cpu'.");
    }

    /**
     * What each loss of the spec counts in a share of a batch, in order. Nothing else is computed, so that the counts
     * of all shares can be added up before {@link #gradients} needs them in {@link SharePlace}.
     */
    default List<LossCount> counts(Batch share) {
        throw new BackendException("This backend does not train over several machines; choose the backend 'cpu'.");
    }

    /**
     * Computes one share of a batch: forward (with dropout), losses, backward. Updates nothing. The gradients are those
     * of sums over the samples, without penalties; divided only if the place has the counts of the whole batch.
     * {@link #update} takes the sum over all shares.
     *
     * @param gradients the array that receives the gradients; of length {@link #gradientSize}
     * @param filled is given the number of final values at the start of the array while the others are still being
     *     computed: increasing numbers, the last one the length of the array. Calls come from any thread, one after
     *     another; they should return at once
     * @throws dev.lossforge.runtime.ConfigurationException if {@link CompileSpec#requireShares} does, or the losses
     *     have different divisors and the place has no counts
     */
    default GradientSums gradients(Batch share, SharePlace place, float[] gradients, IntConsumer filled) {
        throw new BackendException("This backend does not train over several machines; choose the backend 'cpu'.");
    }

    /** The same, for a caller who waits for all gradients. */
    default GradientSums gradients(Batch share, SharePlace place, float[] gradients) {
        return gradients(share, place, gradients, count -> {});
    }

    /**
     * Completes a step that {@link #gradients} began: division by the divisor of the whole batch, penalties, clipping,
     * optimizer. If any value is NaN or infinite, it updates nothing, like {@link #trainStep}. Equal states and
     * arguments give equal bits.
     *
     * @param sums the sums of all shares of the batch, added up
     * @param gradients the gradients of all shares, added up; not modified
     */
    default StepResult update(GradientSums sums, float[] gradients) {
        throw new BackendException("This backend does not train over several machines; choose the backend 'cpu'.");
    }

    /** Forward without dropout, and the loss; changes nothing. */
    EvaluationStep evaluate(Batch batch);

    /**
     * Forward without dropout, for all samples at once, for a model with one input and one output.
     * {@code Model.predict} passes many samples in slices.
     */
    Tensor predict(Tensor inputs);

    /** As {@link #predict}, for a model with any inputs and outputs. Targets and weights are ignored. */
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
