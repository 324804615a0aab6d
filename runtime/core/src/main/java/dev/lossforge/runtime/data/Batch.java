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
 * The samples of one step. Most models have one input and one target, which need no names; see {@link #inputs} and
 * {@link #targets}.
 *
 * @param namedInputs at least one, each with one row per sample
 * @param namedTargets one row, or one value, per sample; none for a loss without targets
 * @param weighting how much the samples and their values count
 */
public record Batch(
        SequencedMap<String, Tensor> namedInputs, SequencedMap<String, Data> namedTargets, Weighting weighting) {

    public Batch {
        namedInputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(namedInputs));
        namedTargets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(namedTargets));
        SampleCounts.requireEqual(namedInputs, namedTargets);
        weighting.requireFit(namedInputs.firstEntry().getValue().samples(), namedTargets);
    }

    /** A batch whose samples count equally. */
    public Batch(SequencedMap<String, Tensor> namedInputs, SequencedMap<String, Data> namedTargets) {
        this(namedInputs, namedTargets, Weighting.EQUAL);
    }

    /** A batch of one input and one target, with weights unless all samples count equally. */
    public Batch(Tensor inputs, Data targets, @Nullable Tensor weights) {
        this(
                Names.only(Names.INPUT, inputs),
                Names.only(Names.TARGET, targets),
                weights == null ? Weighting.EQUAL : Weighting.EQUAL.withWeights(Weighting.ALL, weights));
    }

    /** A batch of one input and one target, whose samples count equally. */
    public static Batch of(Tensor inputs, Data targets) {
        return new Batch(inputs, targets, null);
    }

    /** A batch of one input without targets, for predictions or for a loss without targets. */
    public static Batch ofInputs(Tensor inputs) {
        return new Batch(Names.only(Names.INPUT, inputs), new LinkedHashMap<>());
    }

    /** The number of samples. */
    public int size() {
        return inputs().samples();
    }

    /** The only input, or the first of several. */
    public Tensor inputs() {
        return namedInputs.firstEntry().getValue();
    }

    /**
     * The only target, or the first of several.
     *
     * @throws DataException if there is none
     */
    public Data targets() {
        return Names.first(namedTargets);
    }

    /**
     * The target of this name. If there is only one target, its name does not matter.
     *
     * @throws DataException if there is none of this name
     */
    public Data target(String name) {
        return Names.find("target", namedTargets, name);
    }

    /** The weights of the only target, or of the first of several; null if all values count equally. */
    public @Nullable Tensor weights() {
        return weighting.weights(firstTarget());
    }

    /** The weights of a target; null if all values count equally. */
    public @Nullable Tensor weights(String target) {
        return weighting.weights(List.of(Names.key("target", namedTargets, target)));
    }

    /** The mask of the only target, or of the first of several: 0 for what is left out; null if nothing is. */
    public @Nullable Tensor mask() {
        return weighting.mask(firstTarget());
    }

    /** The mask of a target: 0 for what is left out; null if nothing is. */
    public @Nullable Tensor mask(String target) {
        return weighting.mask(List.of(Names.key("target", namedTargets, target)));
    }

    /** The weights for a metric of a target, or of the first of several; 0 for what a mask leaves out. */
    public @Nullable Tensor effectiveWeights(@Nullable String target) {
        return weighting.effective(target == null ? firstTarget() : List.of(Names.key("target", namedTargets, target)));
    }

    private List<String> firstTarget() {
        return namedTargets.isEmpty()
                ? List.of()
                : List.of(namedTargets.firstEntry().getKey());
    }

    /**
     * The input of this name. If there is only one input, its name does not matter.
     *
     * @throws DataException if there is none of this name
     */
    public Tensor input(String name) {
        return Names.find("input", namedInputs, name);
    }

    /** Copies of the samples {@code from} to {@code to - 1}. */
    public Batch rows(int from, int to) {
        SequencedMap<String, Tensor> someInputs = new LinkedHashMap<>();
        namedInputs.forEach((name, values) -> someInputs.put(name, values.rows(from, to)));
        SequencedMap<String, Data> someTargets = new LinkedHashMap<>();
        namedTargets.forEach((name, values) -> someTargets.put(name, values.rows(from, to)));
        return new Batch(someInputs, someTargets, weighting.rows(from, to));
    }

    /**
     * How much the values of a batch count. A weight multiplies the loss of a value. A mask leaves out the values where
     * it is 0, so that a mean does not count them.
     *
     * <p>Weights and masks have the shape {@code [samples]}, or go on with the next axes of the target:
     * {@code [samples, steps]} for a sequence. They belong to one target, or under the name {@link #ALL} to all of
     * them. Where several apply, weights are multiplied, and one mask suffices to leave a value out.
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

        private static SequencedMap<String, Tensor> put(
                SequencedMap<String, Tensor> map, String target, Tensor tensor) {
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

        private static void requireFit(
                String what, String target, Shape shape, int samples, Map<String, Data> targets) {
            if (!target.equals(ALL) && !targets.containsKey(target)) {
                throw new DataException("There are " + what + " of the target '" + target + "', but the data has "
                        + (targets.isEmpty() ? "no targets" : "the targets " + String.join(", ", targets.keySet()))
                        + ".");
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
                            + (target.equals(ALL) && targets.size() > 1
                                    ? ", or say which target they belong to."
                                    : "."));
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
}
