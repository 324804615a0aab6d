package dev.lossforge.spark.internal.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tells how much the values of a row count. Targets have the names of the model's losses;
 * {@link dev.lossforge.runtime.data.Batch.Weighting#ALL} stands for all of them.
 *
 * @param weights the columns of weights, by target
 * @param masks the columns of masks, by target
 * @param ignored the index that is left out, by target
 */
public record Counting(Map<String, String> weights, Map<String, String> masks, Map<String, Integer> ignored) {
    /** All values count equally. */
    public static final Counting EQUAL = new Counting(Map.of(), Map.of(), Map.of());

    public Counting {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
        ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
    }

    public Counting withWeights(String target, String column) {
        return new Counting(with(weights, target, column), masks, ignored);
    }

    public Counting withMask(String target, String column) {
        return new Counting(weights, with(masks, target, column), ignored);
    }

    public Counting ignoring(String target, int index) {
        return new Counting(weights, masks, with(ignored, target, index));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String target, T value) {
        Map<String, T> more = new LinkedHashMap<>(map);
        more.put(target, value);
        return more;
    }
}
