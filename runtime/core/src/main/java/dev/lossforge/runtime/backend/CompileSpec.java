package dev.lossforge.runtime.backend;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.optimizer.GradientClipping;
import dev.lossforge.runtime.optimizer.Optimizer;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a training step is compiled from, except the layers.
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
        LossFunction loss,
        Reduction reduction,
        Optimizer optimizer,
        List<Penalty> penalties,
        GradientClipping clipping,
        Set<String> frozenLayers,
        long seed,
        int threads) {

    /** More than this would exhaust the memory, or the system's threads, before anything is computed. */
    public static final int MAX_THREADS = 1024;

    public CompileSpec {
        penalties = List.copyOf(penalties);
        frozenLayers = Collections.unmodifiableSet(new LinkedHashSet<>(frozenLayers));
        requireOneOfEach(loss.signature());
        if (reduction == Reduction.NONE) {
            throw new ConfigurationException(
                    "Training needs one number to minimise, but the reduction is NONE; choose SUM or MEAN.");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new ConfigurationException(
                    "Training takes from 1 to " + MAX_THREADS + " threads, but " + threads + " are asked for.");
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
     * A model has one output, and its data one target per sample. A loss with more inputs needs a custom training loop.
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
                    + fact + "; choose another loss, or evaluate this one in a custom training loop.");
        }
    }
}
