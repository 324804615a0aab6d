package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.loss.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One loss of one batch. */
final class ObjectiveTerm {
    private final LossTerm term;
    private final BoundLoss bound;
    private final double divisor;
    private final int unitsPerSample;
    private final int samples;
    private final double[] partialSums;
    private final Map<Integer, ParameterBlock> trained;
    private final KernelFrame[] forks;
    private final List<Addition> additions = new ArrayList<>();

    /** A gradient that is computed separately and then added to the gradient of another prediction. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Addition(float[] gradients, float[] sums) {}

    /** @param trained the positions of the trained hyperparameters, by position in the loss's signature */
    ObjectiveTerm(
            LossTerm term,
            BoundLoss bound,
            double divisor,
            int samples,
            int workers,
            Map<Integer, ParameterBlock> trained) {
        this.term = term;
        this.bound = bound;
        this.divisor = divisor;
        this.samples = samples;
        this.unitsPerSample = bound.units() / samples;
        this.partialSums = new double[workers];
        this.trained = trained;
        this.forks = new KernelFrame[workers];
    }

    String name() {
        return term.name();
    }

    double weight() {
        return term.weight();
    }

    /** Whether the loss needs all samples at once. */
    boolean isOverBatch() {
        return bound.signature().scope() == Scope.BATCH;
    }

    /**
     * Requests the gradient with respect to a prediction. It is either the first for its output, or is added to earlier
     * ones.
     */
    void wantGradient(int position, float[] gradients, float[] sums) {
        bound.frame()
                .gradient(position, gradients)
                .scale(divisor == 0 ? 0 : (float) (term.weight() / divisor)); // nothing counts
        if (gradients != sums) {
            additions.add(new Addition(gradients, sums));
        }
    }

    /** Computes a worker's samples. */
    void run(int worker, Range range) {
        if (!range.isEmpty()) {
            KernelFrame fork = bound.frame().fork();
            forks[worker] = fork;
            partialSums[worker] = bound.kernel().run(fork, range.from() * unitsPerSample, range.to() * unitsPerSample);
        }
    }

    /** Computes all samples at once. */
    void runOverBatch() {
        partialSums[0] = bound.kernel().run(bound.frame(), 0, bound.units());
    }

    /** Adds the gradients of some samples to those of earlier losses. */
    void addTo(Range range) {
        for (Addition addition : additions) {
            int size = addition.sums().length / samples;
            for (int i = range.from() * size; i < range.to() * size; i++) {
                addition.sums()[i] += addition.gradients()[i];
            }
        }
    }

    /** The divisor as a number of samples. */
    double divisor(Reduction reduction) {
        return bound.divisor(reduction, samples);
    }

    /** The reduced loss, after all samples have been computed; 0 if nothing counts. */
    double value() {
        double sum = 0;
        for (double partialSum : partialSums) {
            sum += partialSum;
        }
        return divisor == 0 ? 0 : sum / divisor;
    }

    /** Adds the derivatives with respect to the trained hyperparameters, in the order of the workers. */
    void addHyperparameterGradients(float[] gradients) {
        if (trained.isEmpty()) {
            return;
        }
        for (KernelFrame fork : forks) {
            if (fork != null) {
                bound.frame().join(fork);
            }
        }
        trained.forEach((position, block) -> {
            double[] sums = bound.frame().parameterGradient(position);
            for (int i = 0; i < sums.length; i++) {
                gradients[block.offset() + i] += (float) sums[i];
            }
        });
    }
}
