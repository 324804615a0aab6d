package dev.lossforge.samples.cli;

import dev.lossforge.runtime.loss.Loss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.samples.io.ArgumentException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The weights of the samples, and which samples count at all: one that does not contributes neither to the value nor to
 * a gradient nor to what a mean is divided by.
 */
final class CountedSamples {
    private final @Nullable Tensor weights;

    /** 1 for each sample that counts, 0 for the others; null if all do. */
    private @Nullable Tensor counted;

    CountedSamples(Optional<Tensor> weights) {
        this.weights = weights.orElse(null);
    }

    /** Only the samples count where the mask is 1, of those that counted before. */
    void mask(String option, Tensor mask) {
        for (float entry : mask.array()) {
            if (entry != 0 && entry != 1) {
                throw new ArgumentException(
                        "%s has the entry %s; write true or 1 for what counts, false or 0 for the rest"
                                .formatted(option, entry));
            }
        }
        Tensor before = counted;
        counted = before == null ? mask : product(option, before, mask);
    }

    /** Samples with this label do not count. */
    void ignore(IntTensor labels, int label) {
        Tensor mask = Tensor.zeros(labels.shape());
        for (int i = 0; i < mask.size(); i++) {
            mask.array()[i] = labels.array()[i] == label ? 0 : 1;
        }
        mask("--ignore-index", mask);
    }

    private static Tensor product(String option, Tensor some, Tensor others) {
        if (!some.shape().equals(others.shape())) {
            throw new ArgumentException("%s has the shape %s, but the other weights or masks have %s; give all the same"
                    .formatted(option, others.shape(), some.shape()));
        }
        Tensor product = Tensor.zeros(some.shape());
        for (int i = 0; i < product.size(); i++) {
            // Not the product: 0 times a weight of NaN is to be 0.
            product.array()[i] = some.array()[i] == 0 ? 0 : others.array()[i];
        }
        return product;
    }

    /** The loss of those samples that count. */
    LossResult evaluate(Loss loss, LossInputs inputs, Reduction reduction) {
        Tensor mask = counted;
        if (mask == null) {
            return loss.valueAndGradients(inputs.withWeights(weights), reduction);
        }
        if (weights == null) {
            // The sum of these weights is the number that a mean is to be divided by.
            Reduction equal = reduction == Reduction.MEAN ? Reduction.WEIGHTED_MEAN : reduction;
            return loss.valueAndGradients(inputs.withWeights(mask), equal);
        }
        LossInputs weighted = inputs.withWeights(product("--weights", mask, weights));
        if (reduction != Reduction.MEAN) {
            return loss.valueAndGradients(weighted, reduction);
        }
        LossResult mean = loss.valueAndGradients(weighted, Reduction.MEAN);
        return scaled(mean, mask.size() / sum(mask));
    }

    private static double sum(Tensor tensor) {
        double sum = 0;
        for (float entry : tensor.array()) {
            sum += entry;
        }
        return sum;
    }

    private static LossResult scaled(LossResult result, double factor) {
        return new LossResult(
                result.value() * factor,
                null,
                scaled(result.gradients(), (float) factor),
                scaled(result.hessians(), (float) factor),
                scaled(result.parameterGradients(), (float) factor));
    }

    private static Map<String, Tensor> scaled(Map<String, Tensor> tensors, float factor) {
        Map<String, Tensor> scaled = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            Tensor copy = tensor.copy();
            for (int i = 0; i < copy.size(); i++) {
                copy.array()[i] *= factor;
            }
            scaled.put(name, copy);
        });
        return scaled;
    }
}
