package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes as text everything that determines a training; see {@link TrainingSnapshot.Plan}. */
final class Plans {
    private Plans() {}

    static TrainingSnapshot.Plan of(CompiledModel model, String backend, FitOptions options, Dataset dataset) {
        CompileSpec spec = model.spec();
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put("model", layers(model.architecture(), spec.frozenLayers()));
        entries.put("loss", spec.losses().stream().map(LossTerm::description).collect(Collectors.joining(" + ")));
        entries.put("reduction", spec.reduction().name());
        entries.put("optimizer", spec.optimizer().toString());
        if (!spec.hyperparameters().isEmpty()) {
            entries.put("hyperparameters' rate", Double.toString(spec.hyperparameterRate()));
        }
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
        entries.put(
                "batch size",
                options.batchSize() + (options.isDroppingLast() ? ", the last one dropped if not full" : ""));
        entries.put("shuffling", Boolean.toString(options.shuffle()));
        entries.put("samples", Integer.toString(dataset.size()));
        entries.put("data's checksum", Long.toHexString(dataset.checksum()));
        return new TrainingSnapshot.Plan(entries);
    }

    private static String layers(Architecture architecture, Set<String> frozen) {
        return architecture.isChain() ? chain(architecture, frozen) : graph(architecture, frozen);
    }

    private static String chain(Architecture architecture, Set<String> frozen) {
        return architecture.nodes().stream()
                .map(node -> layer(node, frozen))
                .collect(Collectors.joining(" → ", architecture.inputShape() + " → ", ""));
    }

    private static String graph(Architecture architecture, Set<String> frozen) {
        return architecture.inputs() + ", "
                + architecture.nodes().stream()
                        .map(node -> layer(node, frozen) + " of " + node.sources())
                        .collect(Collectors.joining(", "))
                + ", " + architecture.outputValues();
    }

    private static String layer(LayerNode node, Set<String> frozen) {
        return node.name() + " " + node.layer() + (frozen.contains(node.name()) ? " (frozen)" : "");
    }
}
