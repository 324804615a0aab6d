package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The batch that a loss is evaluated on: its predictions and targets, in the order of the formula's parameters or by
 * name, and the weights of the samples. Hyperparameters can also be given by name, in place of those of the
 * constructor.
 *
 * <pre>{@code
 * LossInputs.of(logits, labels)
 * LossInputs.named("real", scores).and("fake", others).withWeights(weights)
 * }</pre>
 *
 * <p>A sample of weight 0 contributes nothing at all: its loss and its gradient are 0 even if the formula is NaN, and
 * its class index may be any number. A sample that is {@linkplain #withMask masked} or {@linkplain #ignoring ignored}
 * is left out in the same way and not counted: {@link Reduction#MEAN} divides by the number of the others. If none is
 * left, a mean is NaN and all gradients are 0.
 */
public final class LossInputs {
    private final List<Data> ordered;
    private final Map<String, Data> named;
    private final @Nullable Tensor weights;
    private final @Nullable Tensor mask;
    private final OptionalInt ignoredIndex;

    private LossInputs(
            List<Data> ordered,
            Map<String, Data> named,
            @Nullable Tensor weights,
            @Nullable Tensor mask,
            OptionalInt ignoredIndex) {
        this.ordered = ordered;
        this.named = named;
        this.weights = weights;
        this.mask = mask;
        this.ignoredIndex = ignoredIndex;
    }

    private LossInputs(List<Data> ordered, Map<String, Data> named) {
        this(ordered, named, null, null, OptionalInt.empty());
    }

    /** Predictions and targets in the order in which the formula declares them. */
    public static LossInputs of(Data... predictionsAndTargets) {
        return new LossInputs(List.of(predictionsAndTargets), Map.of());
    }

    /** The first of some inputs by name. */
    public static LossInputs named(String name, Data value) {
        return new LossInputs(List.of(), Map.of(name, value));
    }

    /** The same with one more input by name. */
    public LossInputs and(String name, Data value) {
        Map<String, Data> more = new LinkedHashMap<>(named);
        more.put(name, value);
        return new LossInputs(ordered, more, weights, mask, ignoredIndex);
    }

    /**
     * The same with weights of the samples or of the units: shape {@code [samples]}, or one for each value of
     * {@link LossFunction#values}, or for the first axes of these. Null means that all count equally.
     */
    public LossInputs withWeights(@Nullable Tensor sampleWeights) {
        return new LossInputs(ordered, named, sampleWeights, mask, ignoredIndex);
    }

    /**
     * The same without the samples (or units) whose mask is 0. They are not counted in a mean. The mask has the shape
     * of weights; null means that all samples count. All other values of the mask are equivalent; use weights to say
     * how much a sample counts.
     */
    public LossInputs withMask(@Nullable Tensor sampleMask) {
        return new LossInputs(ordered, named, weights, sampleMask, ignoredIndex);
    }

    /**
     * The same without the samples (or elements) whose int target is this index, such as −100 for padding. They are not
     * counted in a mean. For a loss with one int target that has one value per sample or element.
     */
    public LossInputs ignoring(int index) {
        return new LossInputs(ordered, named, weights, mask, OptionalInt.of(index));
    }

    /** The weights of the samples, if they have any. */
    public @Nullable Tensor weights() {
        return weights;
    }

    @Nullable
    Tensor mask() {
        return mask;
    }

    OptionalInt ignoredIndex() {
        return ignoredIndex;
    }

    /** The inputs by position; a hyperparameter that is not given by name is null. */
    List<@Nullable Data> resolve(LossSignature signature) {
        requireKnownNames(signature);
        int expected = signature.dataInputs().size();
        if (!ordered.isEmpty() && ordered.size() != expected) {
            throw new ConfigurationException("The loss " + signature + " takes " + expected
                    + " predictions and targets, but " + ordered.size() + " are given in order.");
        }
        List<@Nullable Data> resolved = new ArrayList<>();
        int next = 0;
        for (LossSignature.Input input : signature.inputs()) {
            Data value = named.get(input.name());
            if (input.role() != LossSignature.Input.Role.PARAMETER && !ordered.isEmpty()) {
                value = ordered.get(next++);
            }
            if (value == null && input.role() != LossSignature.Input.Role.PARAMETER) {
                throw new ConfigurationException(
                        "The loss " + signature + " has no value for '" + input.name() + "'; give it by that name.");
            }
            resolved.add(value);
        }
        return resolved;
    }

    private void requireKnownNames(LossSignature signature) {
        for (String name : named.keySet()) {
            int position = signature.position(name);
            boolean twice = position >= 0
                    && !ordered.isEmpty()
                    && signature.inputs().get(position).role() != LossSignature.Input.Role.PARAMETER;
            if (position < 0 || twice) {
                throw new ConfigurationException("The loss " + signature
                        + (twice
                                ? " is given '" + name + "' both in order and by name."
                                : " has no input '" + name + "'."));
            }
        }
    }
}
