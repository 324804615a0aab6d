package dev.lossforge.runtime.data;

import dev.lossforge.runtime.data.Batch.Weighting;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inputs, targets, optional weights and optional masks, where row i of each belongs to sample i. A dataset is in
 * memory, or a stream that is read again in every epoch. Models with several inputs and losses with several targets
 * find them by name. A dataset is immutable as long as nobody writes to the arrays it was created from.
 *
 * <p>Weights and masks have one value per sample, shape {@code [samples]}, or go on with the axes of the targets, as in
 * {@code [samples, rows, columns]} for a label per pixel. They count in losses and metrics alike.
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
        return new Dataset(new Batch(Names.only(name, inputs), new LinkedHashMap<>()));
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
                new Batch(Names.with(all.namedInputs(), "input", name, more), all.namedTargets(), all.weighting()));
    }

    /** The same samples with another target, named like a loss's target or as given to {@code LossTerm.from}. */
    public Dataset andTargets(String name, Data more) {
        Batch all = stored("andTargets");
        return new Dataset(
                new Batch(all.namedInputs(), Names.with(all.namedTargets(), "target", name, more), all.weighting()));
    }

    /**
     * The same samples with these weights in all losses, in place of earlier ones.
     *
     * @throws DataException if a weight is below 0, infinite or NaN, or the shape does not fit
     */
    public Dataset withWeights(Tensor weights) {
        return withWeights(Weighting.ALL, weights);
    }

    /** The same samples with these weights in the losses of one target, in addition to those in all losses. */
    public Dataset withWeights(String target, Tensor weights) {
        Weighting before = stored("withWeights").weighting();
        Dataset weighted = weighted(before.withWeights(key(target), weights));
        DataChecks.requireWeights(weights);
        return weighted;
    }

    /**
     * The same samples without those, or those of their values, whose mask is 0. A mean does not count them, and their
     * targets may be anything. All other values of the mask are equivalent.
     *
     * @throws DataException if an entry is NaN, or the shape does not fit
     */
    public Dataset withMask(Tensor mask) {
        return withMask(Weighting.ALL, mask);
    }

    /** The same with a mask for the losses of one target, in addition to other masks. */
    public Dataset withMask(String target, Tensor mask) {
        DataChecks.requireMask(mask);
        return weighted(stored("withMask").weighting().withMask(key(target), mask));
    }

    /**
     * The same samples with a mask that leaves out all labels of this index, such as 255 for unlabelled pixels or −100
     * for padding. It is a mask of the only target.
     *
     * @throws DataException if there is not exactly one target, or it is not of ints
     */
    public Dataset ignoring(int index) {
        return ignoring(Labels.onlyTarget(stored("ignoring"), "ignoring"), index);
    }

    /** The same for one of several targets. */
    public Dataset ignoring(String target, int index) {
        return withMask(target, Labels.of(stored("targets"), target).maskOfAllBut(index));
    }

    private String key(String target) {
        return target.equals(Weighting.ALL) ? target : Names.key("target", beginning.namedTargets(), target);
    }

    private Dataset weighted(Weighting weighting) {
        return new Dataset(new Batch(beginning.namedInputs(), beginning.namedTargets(), weighting));
    }

    /**
     * The same samples with the weights of the only target multiplied by those of the classes. Labels that are left out
     * have no class.
     *
     * @param weights the weight of class i at index i
     * @throws DataException if the targets are not indices of these classes
     */
    public Dataset withClassWeights(float... weights) {
        return withClassWeights(Labels.onlyTarget(stored("withClassWeights"), "withClassWeights"), weights);
    }

    /** The same for one of several targets. */
    public Dataset withClassWeights(String target, float... weights) {
        Tensor ofClasses = Labels.of(stored("targets"), target).weights(weights);
        Tensor before = beginning.weighting().weights().get(key(target));
        return withWeights(target, before == null ? ofClasses : Weighting.product(before, ofClasses));
    }

    /**
     * The same samples with class weights that give all classes of the only target the same share in a weighted mean.
     * The weight is the number of labels, divided by the product of the number of classes and the number of labels of
     * the class.
     *
     * @throws DataException if a class has no samples
     */
    public Dataset withBalancedClasses(int classes) {
        return withBalancedClasses(Labels.onlyTarget(stored("withBalancedClasses"), "withBalancedClasses"), classes);
    }

    /** The same for one of several targets. */
    public Dataset withBalancedClasses(String target, int classes) {
        return withClassWeights(target, Labels.of(stored("targets"), target).balanced(classes));
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

    /** The weights of the only target, or of the first of several; null if all values count equally. */
    public @Nullable Tensor weights() {
        return stored("weights").weights();
    }

    /** The mask of the only target, or of the first of several: 0 for what is left out; null if nothing is. */
    public @Nullable Tensor mask() {
        return stored("mask").mask();
    }

    /** All samples in memory, or the first samples of a stream. Use them to check names and shapes. */
    public Batch beginning() {
        return beginning;
    }

    /** Whether all samples are in memory. */
    public boolean isInMemory() {
        return stream == null;
    }

    /**
     * The same samples, checked before they are used: those in memory now, those of a stream whenever a part is read.
     *
     * @param check gets samples and the index of the first of them; it throws an exception to refuse one
     */
    public Dataset checkedBy(ObjIntConsumer<Batch> check) {
        if (stream != null) {
            return new Dataset(beginning, stream.checkedBy(check));
        }
        check.accept(beginning, 0);
        return this;
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
        return Folds.of(stored("split"), seed).split(share);
    }

    /**
     * One split for each fold: each sample is in the validation data of one split, and in the training data of all
     * others. The folds are drawn at random, and their sizes differ by at most 1.
     *
     * @param seed determines which sample is in which fold
     */
    public List<Split> folds(int folds, long seed) {
        return Folds.of(stored("folds"), seed).all(folds);
    }

    /** These samples of a batch in memory. */
    static Dataset rows(Batch all, int[] rows) {
        return new Dataset(RowCopies.gather(all, rows));
    }

    /**
     * Checks that the targets are class indices: ints from 0 to {@code classes - 1}, except where they are left out.
     *
     * @throws DataException that names the first one that is not
     */
    public void requireClasses(int classes) {
        Labels.ofFirstTarget(stored("targets")).requireClasses(classes);
    }

    /** A number that almost certainly differs if any sample differs; for a stream, if any of the first samples does. */
    public long checksum() {
        return DataChecksum.of(beginning, stream == null ? 0 : stream.samples(), stream == null ? 0 : stream.buffer());
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
