package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inputs, targets and perhaps sample weights, row i of each being sample i: in memory, or as a stream that is read anew
 * in every epoch. A model of several inputs, or losses of several targets, find theirs by name. Immutable as long as
 * nobody writes to the arrays it was made of.
 */
public final class Dataset {
    /** All samples in memory, or the first ones of the stream. */
    private final Batch beginning;

    private final @Nullable SampleStream stream;

    private Dataset(Batch beginning, @Nullable SampleStream stream) {
        this.beginning = beginning;
        this.stream = stream;
    }

    private Dataset(Batch all) {
        this(all, null);
    }

    /** A dataset over these very tensors, whose samples count alike. */
    public static Dataset of(Tensor inputs, Data targets) {
        return new Dataset(new Batch(inputs, targets, null));
    }

    /** A dataset of rows and the index of the class of each. */
    public static Dataset of(float[][] inputs, int[] labels) {
        return of(Tensor.matrix(inputs), IntTensor.vector(labels));
    }

    /** A dataset of rows and one number for each, which become targets of shape {@code [samples, 1]}. */
    public static Dataset of(float[][] inputs, float[] targets) {
        return of(Tensor.matrix(inputs), Tensor.over(targets, targets.length, 1));
    }

    /** A dataset without targets, for a loss that takes none, or to begin a dataset of several named targets. */
    public static Dataset ofInputs(Tensor inputs) {
        return ofInputs(Names.INPUT, inputs);
    }

    /** The first of several named inputs. */
    public static Dataset ofInputs(String name, Tensor inputs) {
        return new Dataset(new Batch(Names.only(name, inputs), new LinkedHashMap<>(), null));
    }

    /**
     * Samples that need not fit into the memory. A thread of its own reads the stream ahead, part by part. In a
     * shuffled epoch each sample is drawn by lot from a buffer that the next samples of the stream fill up, so it
     * should be large, and the stream should not be sorted by class. The order follows from the model's seed and the
     * epoch; a resumed training reads up to its position again.
     *
     * @param samples how many there are in all
     * @param buffer how many are kept in memory to draw from
     * @param parts begins the stream anew; its parts are datasets in memory of one form and of any number of samples.
     *     An iterator that is {@link AutoCloseable} is closed after its last part, or when no more of it is wanted.
     * @throws DataException if the stream is empty or cannot be read; while training, if it has another number of
     *     samples or changes its form
     */
    public static Dataset streamed(int samples, int buffer, Supplier<? extends Iterator<Dataset>> parts) {
        SampleStream stream = SampleStream.of(samples, buffer, parts);
        return new Dataset(stream.first(), stream);
    }

    /** The same samples with one more input of the model. */
    public Dataset andInputs(String name, Tensor more) {
        Batch all = stored("andInputs");
        return new Dataset(
                new Batch(Names.with(all.namedInputs(), "input", name, more), all.namedTargets(), all.weights()));
    }

    /** The same samples with one more target, named as a loss's target, or as {@code LossTerm.from} says. */
    public Dataset andTargets(String name, Data more) {
        Batch all = stored("andTargets");
        return new Dataset(
                new Batch(all.namedInputs(), Names.with(all.namedTargets(), "target", name, more), all.weights()));
    }

    /**
     * The same samples, each with a weight in the loss; shape {@code [samples]}.
     *
     * @throws DataException if a weight is below 0, infinite or NaN
     */
    public Dataset withWeights(Tensor weights) {
        Batch all = stored("withWeights");
        Dataset weighted = new Dataset(new Batch(all.namedInputs(), all.namedTargets(), weights));
        DataChecks.requireWeights(weights);
        return weighted;
    }

    /**
     * The same samples, each with its weight so far times that of its class.
     *
     * @param weights that of class i at index i
     * @throws DataException if the targets are not indices of these classes
     */
    public Dataset withClassWeights(float... weights) {
        return withWeights(Classes.weights(stored("withClassWeights"), labels(weights.length), weights));
    }

    /**
     * The same samples with class weights such that all classes have the same share in a weighted mean: the number of
     * samples, divided by the number of classes times that of the samples of the class.
     *
     * @throws DataException if a class has no samples
     */
    public Dataset withBalancedClasses(int classes) {
        return withClassWeights(Classes.balanced(labels(classes), classes));
    }

    /** The number of samples. */
    public int size() {
        return stream == null ? beginning.size() : stream.samples();
    }

    /** The only input, or the first of several. */
    public Tensor inputs() {
        return stored("inputs").inputs();
    }

    /**
     * The only target, or the first of several.
     *
     * @throws DataException if there is none
     */
    public Data targets() {
        return stored("targets").targets();
    }

    /** All inputs, in the order in which they were given. */
    public SequencedMap<String, Tensor> namedInputs() {
        return stored("namedInputs").namedInputs();
    }

    /** All targets, in the order in which they were given. */
    public SequencedMap<String, Data> namedTargets() {
        return stored("namedTargets").namedTargets();
    }

    /** The weight of every sample; null if all count alike. */
    public @Nullable Tensor weights() {
        return stored("weights").weights();
    }

    /** All samples in memory or, of a stream, the first ones: what names and shapes can be checked by. */
    public Batch beginning() {
        return beginning;
    }

    /** Whether all samples are in memory. */
    public boolean isInMemory() {
        return stream == null;
    }

    private Batch stored(String call) {
        if (stream != null) {
            throw new DataException(
                    "A stream of samples is not in memory, so it has no " + call + "; take that of its parts.");
        }
        return beginning;
    }

    /** The first {@code samples} samples, or all if there are fewer. */
    public Dataset take(int samples) {
        if (samples < 1) {
            throw new DataException("At least 1 sample must be taken of a dataset, but " + samples + " are asked for.");
        }
        return samples >= size() ? this : new Dataset(stored("take").rows(0, samples));
    }

    /** All but the first {@code samples} samples; at least one remains. */
    public Dataset skip(int samples) {
        if (samples < 0 || samples >= size()) {
            throw new DataException("Skipping " + samples + " of the " + size()
                    + " samples of a dataset leaves none; skip at most " + (size() - 1) + ".");
        }
        return samples == 0 ? this : new Dataset(stored("skip").rows(samples, size()));
    }

    /** A dataset of two parts that have no sample in common: the one to train on, the other to validate with. */
    public record Split(Dataset training, Dataset validation) {}

    /**
     * Holds out samples for validation, chosen by lot.
     *
     * @param share of the samples that is held out, between 0 and 1; rounded to a whole number of at least 1
     * @param seed determines which
     */
    public Split split(double share, long seed) {
        if (!(share > 0 && share < 1) || size() < 2) {
            throw new DataException("A split holds out a share between 0 and 1 of at least 2 samples, but " + share
                    + " of " + size() + " is asked for.");
        }
        int held = Math.clamp(Math.round(share * size()), 1, size() - 1);
        return Folds.of(stored("split"), seed).split(0, held);
    }

    /**
     * As many splits as there are folds: each sample is in the validation data of one of them, and in the training data
     * of all others. The folds are drawn by lot, and their sizes differ by at most 1.
     *
     * @param seed determines which sample is in which fold
     */
    public List<Split> folds(int folds, long seed) {
        if (folds < 2 || folds > size()) {
            throw new DataException("There are from 2 folds to as many as samples, which are " + size() + ", but "
                    + folds + " are asked for.");
        }
        return Folds.of(stored("folds"), seed).all(folds);
    }

    /** These samples of a batch in memory. */
    static Dataset rows(Batch all, int[] rows) {
        return new Dataset(RowCopies.gather(all, rows));
    }

    /**
     * Checks that the targets are class indices: ints from 0 to {@code classes - 1}.
     *
     * @throws DataException naming the first that is not
     */
    public void requireClasses(int classes) {
        labels(classes);
    }

    private int[] labels(int classes) {
        if (!(targets() instanceof IntTensor labels)) {
            throw new DataException("Class indices are ints, but the targets are floats; use an IntTensor.");
        }
        DataChecks.requireClasses(labels.array(), classes);
        return labels.array();
    }

    /** A number that almost certainly differs where any sample does; of a stream, any of the first samples. */
    public long checksum() {
        DataChecksum checksum = new DataChecksum();
        beginning.namedInputs().values().forEach(checksum::add);
        beginning.namedTargets().values().forEach(checksum::add);
        if (beginning.weights() != null) {
            checksum.add(beginning.weights());
        }
        if (stream != null) {
            checksum.add(IntTensor.vector(stream.samples(), stream.buffer()));
        }
        return checksum.value();
    }

    /** The samples in batches of this size, the last one perhaps smaller; in order until they are shuffled. */
    public Batches batches(int batchSize) {
        return batches(batchSize, false);
    }

    /** The same, perhaps without the last batch if that is not full. */
    public Batches batches(int batchSize, boolean droppingLast) {
        return stream == null
                ? new StoredBatches(beginning, batchSize, droppingLast)
                : new StreamedBatches(stream, batchSize, droppingLast);
    }
}
