package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Operations on batches of one form: the same inputs, targets and weights, with any number of samples. */
final class RowCopies {
    private RowCopies() {}

    /** A batch of zeros with the form of another batch. */
    static Batch zeros(Batch form, int samples) {
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        form.namedInputs()
                .forEach((name, values) ->
                        inputs.put(name, Tensor.zeros(values.shape().withSamples(samples))));
        SequencedMap<String, Data> targets = new LinkedHashMap<>();
        form.namedTargets()
                .forEach((name, values) ->
                        targets.put(name, values.zerosLike(values.shape().withSamples(samples))));
        return new Batch(
                inputs,
                targets,
                form.weighting().each(values -> Tensor.zeros(values.shape().withSamples(samples))));
    }

    /** These rows of a batch, in this order. */
    static Batch gather(Batch all, int[] rows) {
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        all.namedInputs().forEach((name, values) -> inputs.put(name, (Tensor) gather(values, rows)));
        SequencedMap<String, Data> targets = new LinkedHashMap<>();
        all.namedTargets().forEach((name, values) -> targets.put(name, gather(values, rows)));
        return new Batch(inputs, targets, all.weighting().each(values -> (Tensor) gather(values, rows)));
    }

    private static Data gather(Data values, int[] rows) {
        Data some = values.zerosLike(values.shape().withSamples(rows.length));
        values.gatherRows(rows, 0, some);
        return some;
    }

    /**
     * Checks that a batch has the form of another.
     *
     * @throws DataException if its names, shapes, or types differ
     */
    static void requireForm(Batch form, Batch batch) {
        if (!zeros(form, 1).equals(zeros(batch, 1)) || !names(form).equals(names(batch))) {
            throw new DataException("The stream began with " + describe(form) + ", but continues with "
                    + describe(batch) + "; give all parts the same form.");
        }
    }

    /** The names in order; a batch's equality ignores the order. */
    private static List<String> names(Batch batch) {
        List<String> names = new ArrayList<>(batch.namedInputs().keySet());
        names.addAll(batch.namedTargets().keySet());
        names.addAll(batch.weighting().weights().keySet());
        names.addAll(batch.weighting().masks().keySet());
        return names;
    }

    private static String describe(Batch batch) {
        StringBuilder text = new StringBuilder();
        batch.namedInputs().forEach((name, values) -> append(text, name, values));
        batch.namedTargets().forEach((name, values) -> append(text, name, values));
        text.append(batch.weighting().weights().isEmpty() ? " without weights" : " with weights");
        return text.append(batch.weighting().masks().isEmpty() ? "" : " and masks")
                .toString();
    }

    private static void append(StringBuilder text, String name, Data values) {
        text.append(text.isEmpty() ? "'" : ", '")
                .append(name)
                .append(values instanceof IntTensor ? "' of ints " : "' ");
        text.append(values.shape().sample());
    }

    /** Copies a row of a batch to a row of another batch of the same form. */
    static void copy(Batch from, int row, Batch to, int toRow) {
        copy(from.namedInputs(), row, to.namedInputs(), toRow);
        copy(from.namedTargets(), row, to.namedTargets(), toRow);
        copy(from.weighting().weights(), row, to.weighting().weights(), toRow);
        copy(from.weighting().masks(), row, to.weighting().masks(), toRow);
    }

    private static void copy(
            SequencedMap<String, ? extends Data> from, int row, SequencedMap<String, ? extends Data> to, int toRow) {
        Iterator<? extends Data> targets = to.values().iterator();
        from.values().forEach(values -> copy(values, row, targets.next(), toRow));
    }

    private static void copy(Data from, int row, Data to, int toRow) {
        int length = from.size() / from.samples();
        switch (from) {
            case Tensor floats ->
                System.arraycopy(floats.array(), row * length, ((Tensor) to).array(), toRow * length, length);
            case IntTensor ints ->
                System.arraycopy(ints.array(), row * length, ((IntTensor) to).array(), toRow * length, length);
        }
    }
}
