package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything beside the layers that a training step is compiled from.
 *
 * @param loss of one prediction, the model's output, and one target; its hyperparameters, trainable or not, keep their
 *     values
 * @param reduction how the samples' losses become the number that is minimised; a sum or a mean
 * @param clipping how gradients are limited before the optimiser sees them; a backend that cannot clip so refuses to
 *     compile
 * @param frozenLayers the names of the layers whose parameters a step leaves as they are
 * @param seed determines the initial parameters and what dropout drops
 * @param threads how many threads a backend on the CPU uses; the order in which it adds up floats may follow from it,
 *     and so the last bits of every result
 */
public record CompileSpec(
        Loss loss,
        Reduction reduction,
        Optimizer optimizer,
        List<Penalty> penalties,
        GradientClipping clipping,
        Set<String> frozenLayers,
        long seed,
        int threads) {

    /** More than this would exhaust the memory, or the system's threads, before anything is computed. */
    static final int MOST_THREADS = 1024;

    public CompileSpec {
        penalties = List.copyOf(penalties);
        frozenLayers = Collections.unmodifiableSet(new LinkedHashSet<>(frozenLayers));
        requireOneOfEach(loss.signature());
        if (reduction == Reduction.NONE) {
            throw new ConfigurationException(
                    "Training needs one number to minimise, but the reduction is NONE; choose SUM or MEAN.");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ConfigurationException(
                    "Training takes from 1 to " + MOST_THREADS + " threads, but " + threads + " are asked for.");
        }
    }

    /** What the loss is evaluated on, in the order in which it takes them: what a model makes of a batch. */
    public LossInputs lossInputs(Tensor outputs, Batch batch) {
        boolean predictionFirst = loss.signature().dataInputs().getFirst().role() == LossInput.Role.PREDICTION;
        LossInputs inputs =
                predictionFirst ? LossInputs.of(outputs, batch.targets()) : LossInputs.of(batch.targets(), outputs);
        return inputs.withWeights(batch.weights());
    }

    /** The parts of the loss of a batch, reduced as the loss is, by name and in order. */
    public Map<String, Double> lossParts(Tensor outputs, Batch batch) {
        return loss.signature().parts().isEmpty() ? Map.of() : loss.parts(lossInputs(outputs, batch), reduction);
    }

    /**
     * A model has one output and its data one target per sample; a loss over more is for a training loop of one's own.
     */
    private static void requireOneOfEach(LossSignature loss) {
        requireOne(loss, LossInput.Role.PREDICTION, "predictions", "makes one output");
        requireOne(loss, LossInput.Role.TARGET, "targets", "is trained on one target per sample");
    }

    private static void requireOne(LossSignature loss, LossInput.Role role, String name, String fact) {
        long count =
                loss.inputs().stream().filter(input -> input.role() == role).count();
        if (count != 1) {
            throw new ConfigurationException("The loss " + loss + " takes " + count + " " + name + ", but a model "
                    + fact + "; choose another loss, or evaluate this one in a training loop of your own.");
        }
    }

    /**
     * The mean loss over the samples, no penalties, no clipping, nothing frozen, seed 0, and as many threads as there
     * are processors.
     */
    public static CompileSpec of(Loss loss, Optimizer optimizer) {
        int processors = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return new CompileSpec(
                loss, Reduction.MEAN, optimizer, List.of(), new GradientClipping.None(), Set.of(), 0, processors);
    }

    public CompileSpec withReduction(Reduction reduction) {
        return new CompileSpec(loss, reduction, optimizer, penalties, clipping, frozenLayers, seed, threads);
    }

    /** The same with one more penalty. */
    public CompileSpec withPenalty(Penalty penalty) {
        List<Penalty> more = new ArrayList<>(penalties);
        more.add(penalty);
        return new CompileSpec(loss, reduction, optimizer, more, clipping, frozenLayers, seed, threads);
    }

    public CompileSpec withClipping(GradientClipping clipping) {
        return new CompileSpec(loss, reduction, optimizer, penalties, clipping, frozenLayers, seed, threads);
    }

    /** The same with these layers frozen in place of those that were. */
    public CompileSpec withFrozenLayers(Set<String> frozenLayers) {
        return new CompileSpec(loss, reduction, optimizer, penalties, clipping, frozenLayers, seed, threads);
    }

    public CompileSpec withSeed(long seed) {
        return new CompileSpec(loss, reduction, optimizer, penalties, clipping, frozenLayers, seed, threads);
    }

    public CompileSpec withThreads(int threads) {
        return new CompileSpec(loss, reduction, optimizer, penalties, clipping, frozenLayers, seed, threads);
    }
}
