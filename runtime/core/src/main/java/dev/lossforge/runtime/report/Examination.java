package dev.lossforge.runtime.report;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Batches;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.chart.Picture;
import dev.lossforge.runtime.internal.report.ClassPictures;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples whose classes a model is to predict, and the names of these classes.
 *
 * @param output the output with the logits of the classes; null for the only one
 * @param target the target with the class of each sample; null for the only one
 */
record Examination(
        Dataset samples,
        List<String> names,
        @Nullable String output,
        @Nullable String target) {
    private static final int BATCH_SIZE = 256;

    Examination {
        names = List.copyOf(names);
        if (names.size() < 2) {
            throw new ConfigurationException("A report about classes names two or more, but " + names.size()
                    + (names.size() == 1 ? " is" : " are") + " given.");
        }
    }

    static Examination of(Dataset samples, List<String> names) {
        return new Examination(samples, names, null, null);
    }

    Examination on(String newOutput, String newTarget) {
        return new Examination(samples, names, newOutput, newTarget);
    }

    /**
     * @throws ConfigurationException if the output is ambiguous, does not exist, or does not fit the number of classes
     */
    void requireFit(Architecture architecture) {
        if (output == null && architecture.outputs().size() > 1) {
            throw new ConfigurationException("The model has the outputs "
                    + String.join(", ", architecture.outputs().keySet())
                    + "; say which holds the classes of the report: on(OUTPUT, TARGET).");
        }
        Shape shape = output == null
                ? architecture.outputs().values().iterator().next()
                : architecture.outputs().get(output);
        if (shape == null || !ClassPictures.fits(shape, names.size())) {
            throw new ConfigurationException("The report names " + names.size() + " classes, but the output "
                    + (output == null ? "" : "'" + output + "' ") + "has the shape " + shape
                    + "; name each class once, or say which output holds them: on(OUTPUT, TARGET).");
        }
    }

    List<Picture> pictures(Model model) {
        ClassPictures pictures = new ClassPictures(names);
        try (Batches batches = samples.batches(BATCH_SIZE)) {
            for (Batch batch : batches) {
                Outputs outputs = model.predict(batch.namedInputs());
                pictures.add(
                        output == null ? outputs.only() : outputs.get(output),
                        target == null ? batch.targets() : batch.target(target),
                        batch.effectiveWeights(target));
            }
        }
        return pictures.pictures();
    }
}
