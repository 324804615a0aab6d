package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.data.Outputs;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A checked batch.
 *
 * @param inputs in the order of the architecture
 * @param losses the losses bound to the batch, in the order of the spec; the predictions are not filled
 */
record HostBatch(int samples, List<Tensor> inputs, List<BoundLoss> losses) {

    HostBatch {
        inputs = List.copyOf(inputs);
        losses = List.copyOf(losses);
    }

    /**
     * Checks a batch for a training or an evaluation.
     *
     * @param outputs arrays of the outputs' shapes
     */
    static HostBatch of(DeviceProgram program, Batch batch, Outputs outputs) {
        CompileSpec spec = program.spec();
        List<Tensor> inputs = DeviceLayers.requireInputs(program.architecture(), batch);
        List<BoundLoss> losses = new ArrayList<>();
        for (LossTerm term : spec.losses()) {
            BoundLoss bound = BoundLoss.of(term.loss(), spec.lossInputs(term, outputs, batch, Map.of()));
            program.kernels().get(losses.size()).requireIndices(bound.frame(), 0, bound.units());
            losses.add(bound);
        }
        return new HostBatch(batch.size(), inputs, losses);
    }

    /** The shapes of what the losses see. */
    List<LossShape> lossShapes() {
        return losses.stream().map(bound -> LossShape.of(bound, samples)).toList();
    }

    /** Checks samples for which no loss is computed. */
    static HostBatch ofInputs(DeviceProgram program, Batch batch) {
        return new HostBatch(batch.size(), DeviceLayers.requireInputs(program.architecture(), batch), List.of());
    }

    /** The divisor of the sum of a loss; 0 if nothing counts. */
    double divisor(int loss, CompileSpec spec) {
        return losses.get(loss).divisor(spec.reduction());
    }

    /** The divisors of all losses, as numbers of samples. */
    List<Double> divisors(CompileSpec spec) {
        return losses.stream()
                .map(bound -> bound.divisor(spec.reduction(), samples))
                .toList();
    }
}
