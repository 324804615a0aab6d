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
 * Inputs, targets and optional sample weights, where row i of each belongs to sample i. A dataset is in memory, or a
 * stream that is read again in every epoch. Models with several inputs and losses with several targets find them by
 * name. A dataset is immutable as long as nobody writes to the arrays it was created from.
 */
public final class Dataset {
    /** All samples in memory, or the first samples of the stream. */
    private final Batch beginning;

    private final @Nullable SampleStream stream;

    private Dataset(Batch beginning, @Nullable SampleStream stream) {
        this.beginning = beginning;
        this.stream = stream;
    }

    private Dataset(Batch all) {
        this(all, null);
    }

    /** A dataset that uses these tensors without copying them. Its samples count equally. */
    public static Dataset of(Tensor inputs, Data targets) {
        return new Dataset(new Batch(inputs, targets, null));
    }

    /** A dataset of rows and the class index of each. */
    public static Dataset of(float[][] inputs, int[] labels) {
        return of(Tensor.matrix(inputs), IntTensor.vector(labels));
    }

    /** A dataset of rows and one number for each. The numbers become targets of shape {@code [samples, 1]}. */
    public static Dataset of(float[][] inputs, float[] targets) {
        return of(Tensor.matrix(inputs), Tensor.over(targets, targets.length, 1));
    }

    /**
     * A dataset without targets, for a loss without targets, or as the start of a dataset with several named targets.
     */
    public static Dataset ofInputs(Tensor inputs) {
        return ofInputs(Names.INPUT, inputs);
    }

    /** The first of several named inputs. */
    public static Dataset ofInputs(String name, Tensor inputs) {
        return new Dataset(new Batch(Names.only(name, inputs), new LinkedHashMap<>(), null));
    }

    /**
     * Samples that need not fit into memory. A separate thread reads the stream ahead, part by part. In a shuffled
     * epoch, each sample is drawn at random from a buffer that the next samples of the stream refill. The buffer should
     * therefore be large, and the stream should not be sorted by class. The order follows from the model's seed and the
     * epoch. A resumed training reads up to its position again.
     *
     * @param samples the total number of samples
     * @param buffer the number of samples kept in memory to draw from
     * @param parts starts the stream from the beginning; its parts are datasets in memory of one form and of any number
     *     of samples. An iterator that is {@link AutoCloseable} is closed after its last part, or when it is no longer
     *     needed.
     * @throws DataException if the stream is empty or cannot be read; during training, if its number of samples differs
     *     or its form changes
     */
    public static Dataset streamed(int samples, int buffer, Supplier<? extends Iterator<Dataset>> parts) {
        SampleStream stream = SampleStream.of(samples, buffer, parts);
        return new Dataset(stream.first(), stream);
    }

    /** The same samples with another input of the model. */
    public Dataset andInputs(String name, Tensor more) {
        Batch all = stored("andInputs");
        return new Dataset(
                new Batch(Names.with(all.namedInputs(), "input", name, more), all.namedTargets(), all.weights()));
    }

    /** The same samples with another target, named like a loss's target or as given to {@code LossTerm.from}. */
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
     * The same samples, each with its weight multiplied by that of its class.
     *
     * @param weights the weight of class i at index i
     * @throws DataException if the targets are not indices of these classes
     */
    public Dataset withClassWeights(float... weights) {
        return withWeights(Classes.weights(stored("withClassWeights"), labels(weights.length), weights));
    }

    /**
     * The same samples with class weights that give all classes the same share in a weighted mean. The weight is the
     * number of samples, divided by the product of the number of classes and the number of samples in the class.
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

    /** The weight of every sample; null if all samples count equally. */
    public @Nullable Tensor weights() {
        return stored("weights").weights();
    }

    /** All samples in memory, or the first samples of a stream. Use them to check names and shapes. */
    public Batch beginning() {
        return beginning;
    }

    /** Whether all samples are in memory. */
    public boolean isInMemory() {
        return stream == null;
    }

    private Batch stored(String call) {
        if (stream != null) {
            throw new DataException("A stream of samples is not in memory, so it has no " + call + "; use its parts.");
        }
        return beginning;
    }

    /** The first {@code samples} samples, or all if there are fewer. */
    public Dataset take(int samples) {
        if (samples < 1) {
            throw new DataException(
                    "At least 1 sample must be taken from a dataset, but " + samples + " were requested.");
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

    /** Two datasets without common samples: one for training, one for validation. */
    public record Split(Dataset training, Dataset validation) {}

    /**
     * Holds out samples for validation, chosen at random.
     *
     * @param share the share of samples to hold out, between 0 and 1; rounded to a whole number of at least 1
     * @param seed determines which samples are held out
     */
    public Split split(double share, long seed) {
        if (!(share > 0 && share < 1) || size() < 2) {
            throw new DataException("A split holds out a share between 0 and 1 of at least 2 samples, but " + share
                    + " of " + size() + " was requested.");
        }
        int held = Math.clamp(Math.round(share * size()), 1, size() - 1);
        return Folds.of(stored("split"), seed).split(0, held);
    }

    /**
     * One split for each fold: each sample is in the validation data of one split, and in the training data of all
     * others. The folds are drawn at random, and their sizes differ by at most 1.
     *
     * @param seed determines which sample is in which fold
     */
    public List<Split> folds(int folds, long seed) {
        if (folds < 2 || folds > size()) {
            throw new DataException("The number of folds is from 2 to the number of samples, which is " + size()
                    + ", but " + folds + " were requested.");
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
     * @throws DataException that names the first one that is not
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

    /** A number that almost certainly differs if any sample differs; for a stream, if any of the first samples does. */
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

    /** The samples in batches of this size, of which the last may be smaller; in order until they are shuffled. */
    public Batches batches(int batchSize) {
        return batches(batchSize, false);
    }

    /** The same, optionally without the last batch if it is not full. */
    public Batches batches(int batchSize, boolean droppingLast) {
        return stream == null
                ? new StoredBatches(beginning, batchSize, droppingLast)
                : new StreamedBatches(stream, batchSize, droppingLast);
    }
}
