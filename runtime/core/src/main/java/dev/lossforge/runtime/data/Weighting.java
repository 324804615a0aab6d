package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How much the values of a batch count. A weight multiplies the loss of a value. A mask leaves out the values where it
 * is 0, so that a mean does not count them.
 *
 * <p>Weights and masks have the shape {@code [samples]}, or go on with the next axes of the target: {@code [samples,
 * steps]} for a sequence. They belong to one target, or under the name {@link #ALL} to all of them. Where several
 * apply, weights are multiplied, and one mask suffices to leave a value out.
 *
 * @param weights by target
 * @param masks by target
 */
public record Weighting(SequencedMap<String, Tensor> weights, SequencedMap<String, Tensor> masks) {
    /** The name for all targets. */
    public static final String ALL = "";

    /** All values count equally. */
    public static final Weighting EQUAL = new Weighting(new LinkedHashMap<>(), new LinkedHashMap<>());

    public Weighting {
        weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
        masks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(masks));
    }

    /** These weights in place of those of the target. */
    Weighting withWeights(String target, Tensor tensor) {
        return new Weighting(put(weights, target, tensor), masks);
    }

    /** The same with one more mask for the target. */
    Weighting withMask(String target, Tensor mask) {
        Tensor before = masks.get(target);
        return new Weighting(weights, put(masks, target, before == null ? mask : both(before, mask)));
    }

    private static SequencedMap<String, Tensor> put(SequencedMap<String, Tensor> map, String target, Tensor tensor) {
        SequencedMap<String, Tensor> more = new LinkedHashMap<>(map);
        more.put(target, tensor);
        return more;
    }

    /** The product of the weights that apply to these targets; null if all values count equally. */
    public @Nullable Tensor weights(Collection<String> targets) {
        return combined(weights, targets, Weighting::product);
    }

    /** The mask of what all masks of these targets leave; null if there is none. */
    public @Nullable Tensor mask(Collection<String> targets) {
        return combined(masks, targets, Weighting::both);
    }

    /** The weights that apply to these targets, and 0 where a mask leaves a value out. */
    public @Nullable Tensor effective(Collection<String> targets) {
        Tensor all = weights(targets);
        Tensor mask = mask(targets);
        if (mask == null) {
            return all;
        }
        Tensor kept = combine(mask, mask, (entry, same) -> entry == 0 ? 0f : 1f);
        return all == null ? kept : product(all, kept);
    }

    private static @Nullable Tensor combined(
            Map<String, Tensor> map, Collection<String> targets, BinaryOperator<Tensor> operator) {
        List<String> names = new ArrayList<>(targets);
        names.addFirst(ALL);
        return names.stream()
                .filter(map::containsKey)
                .map(map::get)
                .reduce(operator)
                .orElse(null);
    }

    /** The same operation on each tensor. */
    Weighting each(UnaryOperator<Tensor> operation) {
        SequencedMap<String, Tensor> newWeights = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> newWeights.put(name, operation.apply(tensor)));
        SequencedMap<String, Tensor> newMasks = new LinkedHashMap<>();
        masks.forEach((name, tensor) -> newMasks.put(name, operation.apply(tensor)));
        return new Weighting(newWeights, newMasks);
    }

    /** Copies of those of the samples {@code from} to {@code to - 1}. */
    public Weighting rows(int from, int to) {
        return each(values -> values.rows(from, to));
    }

    /**
     * Checks that everything belongs to these samples and targets.
     *
     * @throws DataException that names what does not fit
     */
    void requireFit(int samples, Map<String, Data> targets) {
        weights.forEach((name, tensor) -> requireFit("weights", name, tensor.shape(), samples, targets));
        masks.forEach((name, tensor) -> requireFit("masks", name, tensor.shape(), samples, targets));
    }

    private static void requireFit(String what, String target, Shape shape, int samples, Map<String, Data> targets) {
        if (!target.equals(ALL) && !targets.containsKey(target)) {
            throw new DataException("There are " + what + " of the target '" + target + "', but the data has "
                    + (targets.isEmpty() ? "no targets" : "the targets " + String.join(", ", targets.keySet())) + ".");
        }
        if (shape.rank() == 0 || shape.extent(0) != samples) {
            throw new DataException("The " + what + " have the shape " + shape + ", but " + samples
                    + " inputs need shape [" + samples + "], or more axes after it.");
        }
        targets.forEach((name, data) -> {
            if ((target.equals(ALL) || target.equals(name)) && !data.shape().beginsWith(shape)) {
                throw new DataException("The " + what + " have the shape " + shape + ", but the targets"
                        + (targets.size() == 1 ? "" : " '" + name + "'") + " have " + data.shape()
                        + "; give one value per sample, shape [" + samples + "], or go on with the targets' axes"
                        + (target.equals(ALL) && targets.size() > 1 ? ", or say which target they belong to." : "."));
            }
        });
    }

    static Tensor product(Tensor one, Tensor other) {
        return combine(one, other, (a, b) -> a * b);
    }

    private static Tensor both(Tensor one, Tensor other) {
        return combine(one, other, (a, b) -> a == 0 || b == 0 ? 0f : 1f);
    }

    /** An operation on two values. */
    @FunctionalInterface
    private interface Operation {
        float apply(float one, float other);
    }

    /** Combines entries; the tensor with fewer axes holds for all entries of those that it lacks. */
    private static Tensor combine(Tensor one, Tensor other, Operation operation) {
        Tensor larger = one.shape().rank() >= other.shape().rank() ? one : other;
        Tensor result = Tensor.zeros(larger.shape());
        int perOne = result.size() / one.size();
        int perOther = result.size() / other.size();
        for (int i = 0; i < result.size(); i++) {
            result.array()[i] = operation.apply(one.array()[i / perOne], other.array()[i / perOther]);
        }
        return result;
    }
}
