package dev.lossforge.runtime.internal.training;

import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.internal.kernel.IndexException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.FormulaLoss;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks targets while samples still have the positions that the user knows: before the first step, or when the part of
 * a stream is read. Targets must lie within the ranges that the losses declare, and indices must select an entry. What
 * is masked or has the weight 0 may be anything.
 */
final class TargetChecks {
    private final CompiledModel model;
    private final int batchSize;
    private @Nullable Outputs zeros;

    private TargetChecks(CompiledModel model, int batchSize) {
        this.model = model;
        this.batchSize = batchSize;
    }

    /**
     * The same samples, whose targets are checked: now, or when the part of a stream is read.
     *
     * @throws DataException if a target is out of its range
     * @throws IndexException if an index selects nothing
     */
    static Dataset checked(CompiledModel model, Dataset dataset, int batchSize) {
        TargetChecks checks = new TargetChecks(model, Math.min(batchSize, dataset.size()));
        return dataset.checkedBy(checks::requireTargets);
    }

    private void requireTargets(Batch all, int first) {
        for (LossTerm term : model.spec().losses()) {
            if (hasRange(term) || hasIndices(term)) {
                for (int from = 0; from < all.size(); from += batchSize) {
                    int to = Math.min(from + batchSize, all.size());
                    // The loss of a batch that is too small is never computed.
                    if (!term.loss().signature().excludes(to - from)) {
                        requireTargets(term, targets(all, from, to), first + from);
                    }
                }
            }
        }
    }

    private static boolean hasRange(LossTerm term) {
        return term.loss().signature().inputs().stream()
                .anyMatch(input -> input.role() == LossSignature.Input.Role.TARGET && isBounded(input));
    }

    private static boolean isBounded(LossSignature.Input input) {
        return !(Double.isInfinite(input.min()) && Double.isInfinite(input.max()));
    }

    /** Whether the kernel checks indices; in a loss over the batch, they serve to compare samples. */
    private static boolean hasIndices(LossTerm term) {
        return term.loss() instanceof FormulaLoss
                && term.loss().signature().scope() != Scope.BATCH
                && term.loss().signature().inputs().stream()
                        .anyMatch(input -> input.role() == LossSignature.Input.Role.TARGET
                                && input.type() == LossSignature.Input.Type.INT);
    }

    /** Only the targets and weights, because no loss reads the inputs, which may be large. */
    private static Batch targets(Batch all, int from, int to) {
        SequencedMap<String, Tensor> none = new LinkedHashMap<>();
        none.put("none", Tensor.zeros(to - from));
        SequencedMap<String, Data> targets = new LinkedHashMap<>();
        all.namedTargets().forEach((name, values) -> targets.put(name, values.rows(from, to)));
        return new Batch(none, targets, all.weighting().rows(from, to));
    }

    private void requireTargets(LossTerm term, Batch targets, int first) {
        BoundLoss bound =
                BoundLoss.of(term.loss(), model.spec().lossInputs(term, zeros(targets.size()), targets, Map.of()));
        int unitsPerSample = Math.max(1, bound.units() / targets.size());
        for (int position = 0; position < bound.signature().inputs().size(); position++) {
            LossSignature.Input input = bound.signature().inputs().get(position);
            if (input.role() == LossSignature.Input.Role.TARGET && isBounded(input)) {
                requireRange(bound, position, input, targets.size(), first);
            }
        }
        if (hasIndices(term)) {
            try {
                bound.kernel().run(bound.frame(), 0, bound.units());
            } catch (IndexException e) {
                throw e.at(row(first + e.unit() / unitsPerSample));
            }
        }
    }

    /** Outputs of the right shapes: which indices are valid does not depend on what a model predicts. */
    private Outputs zeros(int samples) {
        if (zeros == null || zeros.named().firstEntry().getValue().samples() != samples) {
            zeros = newZeros(samples);
        }
        return zeros;
    }

    private Outputs newZeros(int samples) {
        SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
        model.architecture()
                .outputs()
                .forEach((name, shape) -> outputs.put(name, Tensor.zeros(shape.batchOf(samples))));
        return new Outputs(outputs);
    }

    private static void requireRange(BoundLoss bound, int position, LossSignature.Input input, int samples, int first) {
        KernelFrame frame = bound.frame();
        int entries = bound.inputShapes().get(position).size();
        for (int i = 0; i < entries; i++) {
            double value =
                    input.type() == LossSignature.Input.Type.INT ? frame.ints(position)[i] : frame.floats(position)[i];
            // A loss over the batch has one unit and takes no weights.
            int unit = bound.units() == 1 ? 0 : (int) ((long) i * bound.units() / entries);
            boolean inside = value >= (float) input.min() && value <= (float) input.max(); // NaN is outside
            if (!inside && frame.weight(unit) != 0) {
                String number = input.type() == LossSignature.Input.Type.INT ? "" + (long) value : "" + (float) value;
                throw new DataException("'" + input.name() + "' of " + row(first + (int) ((long) i * samples / entries))
                        + " is " + number + ", but the loss " + bound.signature() + " declares it " + range(input)
                        + "; to leave it out, mask it or give it the weight 0.");
            }
        }
    }

    private static String range(LossSignature.Input input) {
        if (Double.isInfinite(input.max())) {
            return "at least " + input.min();
        }
        return Double.isInfinite(input.min())
                ? "at most " + input.max()
                : "between " + input.min() + " and " + input.max();
    }

    private static String row(int index) {
        return "row " + (index + 1) + " (index " + index + ")";
    }
}
