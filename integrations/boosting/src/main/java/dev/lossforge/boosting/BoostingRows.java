package dev.lossforge.boosting;

import dev.lossforge.runtime.data.DataException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data of the rows that a booster learns from, without their features: labels, weights, query groups, and further
 * targets by their names in the formula.
 *
 * <pre>{@code
 * BoostingRows.of(times).withTarget("event", events).withWeights(weights)
 * }</pre>
 */
public final class BoostingRows {
    private final float[] labels;
    private final float[] weights;
    private final int[] groups;
    private final Map<String, float[]> targets;

    private BoostingRows(float[] labels, float[] weights, int[] groups, Map<String, float[]> targets) {
        this.labels = labels;
        this.weights = weights;
        this.groups = groups;
        this.targets = targets;
    }

    /** Rows with these labels, which count equally and form no groups. */
    public static BoostingRows of(float[] labels) {
        return owning(numbers("label", labels), new float[0]);
    }

    /** Rows with these labels and weights, for a caller who does not change the arrays. */
    static BoostingRows owning(float[] labels, float[] weights) {
        return new BoostingRows(labels, weights, new int[0], Map.of());
    }

    /**
     * The same rows with weights: one for each row or, for a loss per group, one for each group. An empty array means
     * equal weights.
     */
    public BoostingRows withWeights(float[] newWeights) {
        return new BoostingRows(labels, newWeights.clone(), groups, targets);
    }

    /**
     * The same rows as groups of these sizes, in order.
     *
     * @throws DataException if their total number of rows differs
     */
    public BoostingRows withGroups(int... sizes) {
        long rows = 0;
        for (int size : sizes) {
            if (size < 0) {
                throw new DataException("A group has " + size + " rows; give sizes of at least 0.");
            }
            rows += size;
        }
        if (sizes.length > 0 && rows != labels.length) {
            throw new DataException(
                    "The groups have " + rows + " rows together, but there are " + labels.length + " labels.");
        }
        return new BoostingRows(labels, weights, sizes.clone(), targets);
    }

    /**
     * The same rows with another target.
     *
     * @param name the name in the formula
     * @param values one value for each row, in order; for a target that is a row, several consecutive values
     */
    public BoostingRows withTarget(String name, float[] values) {
        return withTargets(Map.of(name, numbers(name, values)));
    }

    /**
     * A copy of the values of a target. NaN would make the gradient NaN, of which boosters grow empty trees in silence.
     *
     * @throws DataException if one is NaN
     */
    static float[] numbers(String target, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                throw new DataException("The target '" + target + "' has NaN as value " + (i + 1) + " (index " + i
                        + "); replace it, or leave the row out.");
            }
        }
        return values.clone();
    }

    BoostingRows withTargets(Map<String, float[]> more) {
        Map<String, float[]> all = new LinkedHashMap<>(targets);
        all.putAll(more);
        return new BoostingRows(labels, weights, groups, Collections.unmodifiableMap(all));
    }

    int count() {
        return labels.length;
    }

    float[] labels() {
        return labels;
    }

    float[] weights() {
        return weights;
    }

    /** The sizes of the groups; empty if there are none. */
    int[] groups() {
        return groups;
    }

    Map<String, float[]> targets() {
        return targets;
    }

    /** The sizes of groups with these bounds. */
    static int[] sizes(int[] bounds) {
        int[] sizes = new int[Math.max(0, bounds.length - 1)];
        Arrays.setAll(sizes, i -> bounds[i + 1] - bounds[i]);
        return sizes;
    }
}
