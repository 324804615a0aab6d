package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tensor.Tensor;

/** The loss of one batch, computed by the workers for their own samples where the loss is a sum over samples. */
final class Objective {
    private final BoundLoss bound;
    private final double divisor;
    private final int unitsPerSample;
    private final double[] partialSums;

    private Objective(BoundLoss bound, double divisor, int samples, int workers) {
        this.bound = bound;
        this.divisor = divisor;
        this.unitsPerSample = bound.units() / samples;
        this.partialSums = new double[workers];
    }

    /**
     * Checks that the loss takes these outputs and the batch's targets and weights.
     *
     * @param outputs to be filled before {@link #run}
     */
    static Objective of(CompileSpec spec, Tensor outputs, Batch batch, int workers) {
        BoundLoss bound = BoundLoss.of(spec.loss(), spec.lossInputs(outputs, batch));
        return new Objective(bound, bound.divisor(spec.reduction()), batch.size(), workers);
    }

    /** Also asks for the gradient of the reduced loss with respect to the outputs. */
    void wantGradients(float[] gradients) {
        int position = 0;
        while (bound.signature().inputs().get(position).role() != LossInput.Role.PREDICTION) {
            position++;
        }
        bound.frame().gradient(position, gradients).scale((float) (1 / divisor));
    }

    /** Whether the samples can only be computed together. */
    boolean isOverBatch() {
        return bound.signature().scope() == Scope.BATCH;
    }

    /** Computes a worker's samples. */
    void run(int worker, Range samples) {
        if (!samples.isEmpty()) {
            partialSums[worker] = bound.kernel()
                    .run(bound.frame().fork(), samples.from() * unitsPerSample, samples.to() * unitsPerSample);
        }
    }

    /** Computes all samples at once. */
    void runOverBatch() {
        partialSums[0] = bound.kernel().run(bound.frame(), 0, bound.units());
    }

    /** The reduced loss, after all samples have been computed. */
    double value() {
        double sum = 0;
        for (double partialSum : partialSums) {
            sum += partialSum;
        }
        return sum / divisor;
    }
}
