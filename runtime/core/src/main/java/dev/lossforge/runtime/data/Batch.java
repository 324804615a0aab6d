package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
}
