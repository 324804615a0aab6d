package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Dataset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that the numbers of a training follow from, beside the point it has reached: a training can be resumed exactly
 * where it would go on in the same way. How many epochs are asked for is not part of it, so that a training can be made
 * longer.
 *
 * @param entries what is planned, described in text, by what it is called
 */
public record TrainingPlan(SequencedMap<String, String> entries) {

    public TrainingPlan {
        entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    static TrainingPlan of(CompiledModel model, String backend, FitOptions options, Dataset dataset) {
        CompileSpec spec = model.spec();
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("model", layers(model.architecture(), spec.frozenLayers()));
        entries.put("loss", spec.loss().description());
        entries.put("reduction", spec.reduction().name());
        entries.put("optimizer", spec.optimizer().toString());
        entries.put(
                "penalties",
                spec.penalties().stream()
                        .map(penalty ->
                                penalty.factor() + "·" + penalty.regularizer().description())
                        .collect(Collectors.joining(", ")));
        entries.put("clipping", spec.clipping().toString());
        entries.put("seed", Long.toString(spec.seed()));
        entries.put("backend", backend);
        entries.put("threads", Integer.toString(spec.threads()));
        entries.put("batch size", Integer.toString(options.batchSize()));
        entries.put("shuffling", Boolean.toString(options.shuffle()));
        entries.put("samples", Integer.toString(dataset.size()));
        entries.put("data's checksum", Long.toHexString(dataset.checksum()));
        return new TrainingPlan(entries);
    }

    private static String layers(Architecture architecture, Set<String> frozen) {
        return architecture.nodes().stream()
                .map(node -> node.name() + " " + node.layer() + (frozen.contains(node.name()) ? " (frozen)" : ""))
                .collect(Collectors.joining(" → ", architecture.inputShape() + " → ", ""));
    }

    /**
     * Checks that a training that was saved under another plan can go on under this one.
     *
     * @throws ConfigurationException naming the first thing that differs
     */
    public void requireSame(TrainingPlan saved) {
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String was = saved.entries.getOrDefault(entry.getKey(), "(nothing)");
            if (!was.equals(entry.getValue())) {
                throw new ConfigurationException("The training was saved with another " + entry.getKey() + ": it was "
                        + was + " and is now " + entry.getValue() + "; resume with what it was.");
            }
        }
    }
}
