package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import java.util.Optional;

/**
 * Refuses batches that are too small for what has no value then: over the pairs of one sample a loss has no mean, and a
 * layer that normalizes over the batch has no variance.
 */
final class SmallBatches {
    private SmallBatches() {}

    /**
     * Checks the batches of a training.
     *
     * @throws ConfigurationException if one has fewer samples than a loss over the batch needs, or one sample for which
     *     such a loss is NaN or infinite, or for which a layer that normalizes over the batch gets one value per
     *     channel
     */
    static void requireTrainable(CompiledModel model, Dataset dataset, Batches batches) {
        int samples = batches.smallest();
        lonelyLayer(model, samples)
                .or(() -> lossWithoutValue(model, dataset, samples))
                .ifPresent(consequence -> {
                    throw refused(
                            batches,
                            consequence,
                            "leave it out with FitOptions.droppingLast(), or choose another batch size");
                });
    }

    /**
     * Checks the batches of an evaluation, in which layers normalize by their running statistics.
     *
     * @throws ConfigurationException if one has fewer samples than a loss over the batch needs, or one sample for which
     *     such a loss is NaN or infinite
     */
    static void requireEvaluable(CompiledModel model, Dataset dataset, int batchSize) {
        try (Batches batches = dataset.batches(batchSize)) {
            lossWithoutValue(model, dataset, batches.smallest()).ifPresent(consequence -> {
                throw refused(
                        batches,
                        consequence,
                        "give a sample more or less, or evaluate in batches of another size than " + batchSize);
            });
        }
    }

    private static Optional<String> lonelyLayer(CompiledModel model, int samples) {
        return model.architecture().nodes().stream()
                .filter(node -> samples == 1
                        && model.spec().isOverBatch(node)
                        && node.input().size() == node.input().lastExtent())
                .map(LayerNode::name)
                .findFirst()
                .map(name -> "the layer '" + name + "', which normalizes over the batch, gets one value per channel");
    }

    /** What a loss lacks: the formula tells, or else one sample is tried. */
    private static Optional<String> lossWithoutValue(CompiledModel model, Dataset dataset, int samples) {
        for (LossTerm term : model.spec().losses()) {
            if (term.loss().signature().excludes(samples)) {
                return Optional.of("the loss " + term.loss().signature() + " has no value");
            }
        }
        boolean comparesSamples = model.spec().losses().stream()
                .anyMatch(term -> term.loss().signature().scope() == Scope.BATCH);
        if (comparesSamples && samples == 1) {
            double loss = model.evaluate(dataset.beginning().rows(0, 1)).loss();
            if (!Double.isFinite(loss)) {
                return Optional.of("the loss over the batch is " + loss);
            }
        }
        return Optional.empty();
    }

    private static ConfigurationException refused(Batches batches, String consequence, String remedyForTheLast) {
        int smallest = batches.smallest();
        String number = smallest == 1 ? "one" : "" + smallest;
        String samples = number + (smallest == 1 ? " sample" : " samples");
        if (batches.count() == 1) {
            return new ConfigurationException(
                    "The data has only " + samples + ", for which " + consequence + "; give more samples.");
        }
        if (batches.rest() == 0) {
            return new ConfigurationException(
                    "Each batch has only " + samples + ", for which " + consequence + "; choose a larger batch size.");
        }
        return new ConfigurationException("The last batch of " + batches.samples() + " samples has only " + number
                + " of them, for which " + consequence + "; " + remedyForTheLast + ".");
    }
}
