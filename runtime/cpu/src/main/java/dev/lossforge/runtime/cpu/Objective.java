package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.work.Range;
import dev.lossforge.runtime.loss.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The losses of one batch. If a loss is a sum over samples, each worker computes it for its own samples. Gradients with
 * respect to the same output add up.
 */
final class Objective {
    private final List<ObjectiveTerm> terms;
    private final List<float[]> unread;
    private final int samples;

    /**
     * @param terms the losses, with those over the batch first
     * @param unread the gradients of outputs that no loss reads
     */
    Objective(List<ObjectiveTerm> terms, List<float[]> unread, int samples) {
        this.terms = new ArrayList<>(terms);
        this.unread = unread;
        this.samples = samples;
    }

    /** Whether some loss needs the outputs of all samples. */
    boolean hasBatchTerms() {
        return terms.stream().anyMatch(ObjectiveTerm::isOverBatch);
    }

    /** Computes the losses that need the outputs of all samples. */
    void runOverBatch() {
        for (ObjectiveTerm term : terms) {
            if (term.isOverBatch()) {
                term.runOverBatch();
            }
        }
    }

    /** Computes a worker's samples, after {@link #runOverBatch}. */
    void run(int worker, Range range) {
        for (ObjectiveTerm term : terms) {
            if (!term.isOverBatch()) {
                term.run(worker, range);
            }
            term.addTo(range);
        }
        for (float[] gradients : unread) {
            int size = gradients.length / samples;
            Arrays.fill(gradients, range.from() * size, range.to() * size, 0);
        }
    }

    /** The weighted sum of the reduced losses, after all samples have been computed. */
    double value() {
        double sum = 0;
        for (ObjectiveTerm term : terms) {
            sum += term.weight() * term.value();
        }
        return sum;
    }

    /** The losses, reduced but not weighted, in the order of the terms. */
    List<Double> unweighted() {
        return terms.stream().map(ObjectiveTerm::value).toList();
    }

    /** The divisors of the losses, as numbers of samples, in the order of the names. */
    List<Double> divisors(Reduction reduction, List<String> names) {
        Map<String, Double> divisors = new LinkedHashMap<>();
        terms.forEach(term -> divisors.put(term.name(), term.divisor(reduction)));
        return names.stream().map(divisors::get).toList();
    }

    /** The reduced losses by name, in the order of {@code names}. */
    Map<String, Double> values(List<String> names) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (names.size() > 1) {
            names.forEach(name -> values.put(name, 0.0));
            terms.forEach(term -> values.put(term.name(), term.value()));
        }
        return values;
    }

    /** Adds the derivatives with respect to trained hyperparameters to a flat array of gradients. */
    void addHyperparameterGradients(float[] gradients) {
        terms.forEach(term -> term.addHyperparameterGradients(gradients));
    }
}
