package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Inputs, targets and perhaps sample weights in memory, row i of each being sample i. Immutable as long as nobody
 * writes to the arrays it was made of.
 */
public final class Dataset {
    private final Tensor inputs;
    private final Data targets;
    private final @Nullable Tensor weights;

    private Dataset(Tensor inputs, Data targets, @Nullable Tensor weights) {
        SampleCounts.requireEqual(inputs, targets, weights);
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
    }

    /** A dataset over these very tensors, whose samples count alike. */
    public static Dataset of(Tensor inputs, Data targets) {
        return new Dataset(inputs, targets, null);
    }

    /** The same samples, each with a weight in the loss; shape {@code [samples]}. */
    public Dataset withWeights(Tensor weights) {
        return new Dataset(inputs, targets, weights);
    }

    /** The number of samples. */
    public int size() {
        return inputs.samples();
    }

    public Tensor inputs() {
        return inputs;
    }

    public Data targets() {
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
        return new Dataset(
                inputs.rows(from, to), targets.rows(from, to), weights == null ? null : weights.rows(from, to));
    }

    /**
     * Checks that the targets are class indices: ints from 0 to {@code classes - 1}.
     *
     * @throws DataException naming the first that is not
     */
    public void requireClasses(int classes) {
        if (!(targets instanceof IntTensor labels)) {
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
        checksum.add(inputs);
        checksum.add(targets);
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
