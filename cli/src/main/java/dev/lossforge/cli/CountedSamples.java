package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The weights of the samples, and which samples count. A sample that does not count contributes nothing to the value,
 * the gradients, or the divisor of a mean.
 */
final class CountedSamples {
    private final @Nullable Tensor weights;

    /** 1 for each sample that counts, 0 for the others; null if all count. */
    private @Nullable Tensor counted;

    CountedSamples(Optional<Tensor> weights) {
        this.weights = weights.orElse(null);
    }

    /** Excludes samples whose mask is 0, in addition to those already excluded. */
    void mask(String option, Tensor mask) {
        for (float entry : mask.array()) {
            if (entry != 0 && entry != 1) {
                throw new ArgumentException(
                        "%s has the entry %s; write true or 1 for entries that count, false or 0 for the others"
                                .formatted(option, entry));
            }
        }
        Tensor before = counted;
        counted = before == null ? mask : both(option, before, mask);
    }

    /** Excludes samples with this label. */
    void ignore(IntTensor labels, int label) {
        Tensor mask = Tensor.zeros(labels.shape());
        for (int i = 0; i < mask.size(); i++) {
            mask.array()[i] = labels.array()[i] == label ? 0 : 1;
        }
        mask("--ignore-index", mask);
    }

    private static Tensor both(String option, Tensor some, Tensor others) {
        if (!some.shape().equals(others.shape())) {
            throw new ArgumentException("%s has the shape %s, but the mask has %s; give both the same"
                    .formatted(option, others.shape(), some.shape()));
        }
        Tensor both = Tensor.zeros(some.shape());
        for (int i = 0; i < both.size(); i++) {
            both.array()[i] = some.array()[i] * others.array()[i];
        }
        return both;
    }

    /** The inputs with these weights and this mask. */
    LossInputs of(LossInputs inputs) {
        return inputs.withWeights(weights).withMask(counted);
    }
}
