package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.Optional;

/**
 * Refuses batches of one sample for what has no value then: a loss over pairs has no mean, and a layer that normalizes
 * over the batch has no variance.
 */
final class SingleSamples {
    private SingleSamples() {}

    /**
     * Checks the batches of a training.
     *
     * @throws ConfigurationException if one has one sample for which a loss over the batch is NaN or infinite, or for
     *     which a layer that normalizes over the batch gets one value per channel
     */
    static void requireTrainable(CompiledModel model, Dataset dataset, Batches batches) {
        if (batches.smallest() == 1) {
            lonelyLayer(model).or(() -> lonelyLoss(model, dataset)).ifPresent(consequence -> {
                throw refused(
                        batches,
                        consequence,
                        "leave it out with FitOptions.droppingLast(), or choose another batch size");
            });
        }
    }

    /**
     * Checks the batches of an evaluation, in which layers normalize by their running statistics.
     *
     * @throws ConfigurationException if one has one sample for which a loss over the batch is NaN or infinite
     */
    static void requireEvaluable(CompiledModel model, Dataset dataset, int batchSize) {
        try (Batches batches = dataset.batches(batchSize)) {
            if (batches.smallest() == 1) {
                lonelyLoss(model, dataset).ifPresent(consequence -> {
                    throw refused(
                            batches,
                            consequence,
                            "give a sample more or less, or evaluate in batches of another size than " + batchSize);
                });
            }
        }
    }

    private static Optional<String> lonelyLayer(CompiledModel model) {
        return model.architecture().nodes().stream()
                .filter(node -> model.spec().isOverBatch(node)
                        && node.input().size() == node.input().lastExtent())
                .map(LayerNode::name)
                .findFirst()
                .map(name -> "the layer '" + name + "', which normalizes over the batch, gets one value per channel");
    }

    private static Optional<String> lonelyLoss(CompiledModel model, Dataset dataset) {
        boolean comparesSamples = model.spec().losses().stream()
                .anyMatch(term -> term.loss().signature().scope() == Scope.BATCH);
        if (comparesSamples) {
            double loss = model.evaluate(dataset.beginning().rows(0, 1)).loss();
            if (!Double.isFinite(loss)) {
                return Optional.of("the loss over the batch is " + loss);
            }
        }
        return Optional.empty();
    }

    private static ConfigurationException refused(Batches batches, String consequence, String remedyForTheLast) {
        if (batches.samples() == 1) {
            return new ConfigurationException(
                    "The data has only one sample, for which " + consequence + "; give more samples.");
        }
        if (batches.count() == batches.samples()) {
            return new ConfigurationException(
                    "Each batch has only one sample, for which " + consequence + "; choose a larger batch size.");
        }
        return new ConfigurationException("The last batch of " + batches.samples()
                + " samples has only one of them, for which " + consequence + "; " + remedyForTheLast + ".");
    }
}
