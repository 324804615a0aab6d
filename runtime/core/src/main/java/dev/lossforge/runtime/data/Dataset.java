package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Inputs, targets and perhaps sample weights in memory, row i of each being sample i. A model of several inputs, or
 * losses of several targets, find theirs by name. Immutable as long as nobody writes to the arrays it was made of.
 */
public final class Dataset {
    private final SequencedMap<String, Tensor> inputs;
    private final SequencedMap<String, Data> targets;
    private final @Nullable Tensor weights;

    private Dataset(SequencedMap<String, Tensor> inputs, SequencedMap<String, Data> targets, @Nullable Tensor weights) {
        SampleCounts.requireEqual(inputs, targets, weights);
        this.inputs = Collections.unmodifiableSequencedMap(inputs);
        this.targets = Collections.unmodifiableSequencedMap(targets);
        this.weights = weights;
    }

    /** A dataset over these very tensors, whose samples count alike. */
    public static Dataset of(Tensor inputs, Data targets) {
        return new Dataset(Names.only(Names.INPUT, inputs), Names.only(Names.TARGET, targets), null);
    }

    /** A dataset without targets, for a loss that takes none, or to begin a dataset of several named targets. */
    public static Dataset ofInputs(Tensor inputs) {
        return ofInputs(Names.INPUT, inputs);
    }

    /** The first of several named inputs. */
    public static Dataset ofInputs(String name, Tensor inputs) {
        return new Dataset(Names.only(name, inputs), new LinkedHashMap<>(), null);
    }

    /** The same samples with one more input of the model. */
    public Dataset andInputs(String name, Tensor more) {
        return new Dataset(Names.with(inputs, "input", name, more), targets, weights);
    }

    /** The same samples with one more target, named as a loss's target, or as {@code LossTerm.from} says. */
    public Dataset andTargets(String name, Data more) {
        return new Dataset(inputs, Names.with(targets, "target", name, more), weights);
    }

    /** The same samples, each with a weight in the loss; shape {@code [samples]}. */
    public Dataset withWeights(Tensor weights) {
        return new Dataset(inputs, targets, weights);
    }

    /** The number of samples. */
    public int size() {
        return inputs().samples();
    }

    /** The only input, or the first of several. */
    public Tensor inputs() {
        return inputs.firstEntry().getValue();
    }

    /**
     * The only target, or the first of several.
     *
     * @throws DataException if there is none
     */
    public Data targets() {
        return Names.first(targets);
    }

    /** All inputs, in the order in which they were given. */
    public SequencedMap<String, Tensor> namedInputs() {
        return inputs;
    }

    /** All targets, in the order in which they were given. */
    public SequencedMap<String, Data> namedTargets() {
        return targets;
    }

    /** The weight of every sample; null if all count alike. */
    public @Nullable Tensor weights() {
        return weights;
    }

    /** The first {@code samples} samples, or all if there are fewer. */
    public Dataset take(int samples) {
        if (samples < 1) {
            throw new DataException("At least 1 sample must be taken of a dataset, but " + samples + " are asked for.");
        }
        return samples >= size() ? this : range(0, samples);
    }

    /** All but the first {@code samples} samples; at least one remains. */
    public Dataset skip(int samples) {
        if (samples < 0 || samples >= size()) {
            throw new DataException("Skipping " + samples + " of the " + size()
                    + " samples of a dataset leaves none; skip at most " + (size() - 1) + ".");
        }
        return samples == 0 ? this : range(samples, size());
    }

    private Dataset range(int from, int to) {
        SequencedMap<String, Tensor> inputRows = new LinkedHashMap<>();
        inputs.forEach((name, values) -> inputRows.put(name, values.rows(from, to)));
        SequencedMap<String, Data> targetRows = new LinkedHashMap<>();
        targets.forEach((name, values) -> targetRows.put(name, values.rows(from, to)));
        return new Dataset(inputRows, targetRows, weights == null ? null : weights.rows(from, to));
    }

    /**
     * Checks that the targets are class indices: ints from 0 to {@code classes - 1}.
     *
     * @throws DataException naming the first that is not
     */
    public void requireClasses(int classes) {
        if (!(targets() instanceof IntTensor labels)) {
            throw new DataException("Class indices are ints, but the targets are floats; use an IntTensor.");
        }
        int[] values = labels.array();
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= classes) {
                throw new DataException("The label of sample " + i + " is " + values[i] + ", but the " + classes
                        + " classes are numbered 0 to " + (classes - 1) + ".");
            }
        }
    }

    /** A number that almost certainly differs where any sample, target or weight does. */
    public long checksum() {
        DataChecksum checksum = new DataChecksum();
        inputs.values().forEach(checksum::add);
        targets.values().forEach(checksum::add);
        if (weights != null) {
            checksum.add(weights);
        }
        return checksum.value();
    }

    /** The samples in batches of this size, the last one perhaps smaller; in order until they are shuffled. */
    public Batches batches(int batchSize) {
        return new Batches(this, batchSize);
    }
}
