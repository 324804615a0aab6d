package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one step. Most models have one input and one target, which need no names; see {@link #inputs} and
 * {@link #targets}.
 *
 * @param namedInputs at least one, each with one row per sample
 * @param namedTargets one row, or one value, per sample; none for a loss without targets
 * @param weights the weight of every sample, shape {@code [samples]}; null if all samples count equally
 */
public record Batch(
        SequencedMap<String, Tensor> namedInputs,
        SequencedMap<String, Data> namedTargets,
        @Nullable Tensor weights) {

    public Batch {
        namedInputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(namedInputs));
        namedTargets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(namedTargets));
        SampleCounts.requireEqual(namedInputs, namedTargets, weights);
    }

    /** A batch of one input and one target. */
    public Batch(Tensor inputs, Data targets, @Nullable Tensor weights) {
        this(Names.only(Names.INPUT, inputs), Names.only(Names.TARGET, targets), weights);
    }

    /** A batch of one input and one target, whose samples count equally. */
    public static Batch of(Tensor inputs, Data targets) {
        return new Batch(inputs, targets, null);
    }

    /** A batch of one input without targets, for predictions or for a loss without targets. */
    public static Batch ofInputs(Tensor inputs) {
        return new Batch(Names.only(Names.INPUT, inputs), new LinkedHashMap<>(), null);
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
        return new Batch(someInputs, someTargets, weights == null ? null : weights.rows(from, to));
    }
}
