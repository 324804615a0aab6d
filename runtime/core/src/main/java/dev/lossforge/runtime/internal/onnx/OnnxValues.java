package dev.lossforge.runtime.internal.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names of a model's values in a graph. A value with axes before the channels has two forms: with the channels
 * last, as in Lossforge, or after the batch, as in ONNX's operations on images. A {@code Transpose} creates the other
 * form when an operation first needs it.
 */
final class OnnxValues {
    private final OnnxGraph graph;
    private final List<Forms> values = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    OnnxValues(OnnxGraph graph) {
        this.graph = graph;
    }

    /** The names of both forms; absent until an operation needs them. */
    private static final class Forms {
        private final int rank;
        private @Nullable String last;
        private @Nullable String first;

        Forms(int rank, @Nullable String last, @Nullable String first) {
            this.rank = rank;
            this.last = last;
            this.first = first;
        }
    }

    /**
     * Adds the next value.
     *
     * @param rank the rank of one sample
     */
    void add(int rank, String name, boolean channelsFirst) {
        boolean both = rank < 2;
        values.add(new Forms(rank, both || !channelsFirst ? name : null, both || channelsFirst ? name : null));
    }

    /** Adds the next value, which equals an earlier one. */
    void addSame(int value) {
        values.add(values.get(value));
    }

    /** Whether a value was created with its channels after the batch, and no operation has needed the other form. */
    boolean isChannelsFirst(int value) {
        return values.get(value).last == null;
    }

    String channelsLast(int value) {
        Forms forms = values.get(value);
        if (forms.last == null) {
            forms.last = channelsLast(Objects.requireNonNull(forms.first), forms.rank);
        }
        return forms.last;
    }

    /** The name of the same value with the channels last. */
    String channelsLast(String name, int rank) {
        int[] order = new int[rank + 1];
        for (int axis = 1; axis < rank; axis++) {
            order[axis] = axis + 1;
        }
        order[rank] = 1;
        return transposed(name, "channels_last", order);
    }

    String channelsFirst(int value) {
        Forms forms = values.get(value);
        if (forms.first == null) {
            int[] order = new int[forms.rank + 1];
            order[1] = forms.rank;
            for (int axis = 2; axis <= forms.rank; axis++) {
                order[axis] = axis - 1;
            }
            forms.first = transposed(Objects.requireNonNull(forms.last), "channels_first", order);
        }
        return forms.first;
    }

    private String transposed(String name, String form, int... order) {
        String output = name + "/" + form;
        graph.node("Transpose", output, name).with("perm", order);
        return output;
    }

    /** A unique name within a layer; names of layers and inputs have no such slash. */
    String fresh(String layer, String operator) {
        String name = layer + "/" + operator;
        int count = counts.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + "/" + count;
    }
}
