package dev.lossforge.boosting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Reads the data of rows from XGBoost. */
final class XGBoostRows {
    private XGBoostRows() {}

    static BoostingRows of(ScoreLoss loss, DMatrix data, Map<String, float[]> targets) {
        try {
            BoostingRows rows =
                    BoostingRows.owning(data.getLabel(), data.getWeight()).withTargets(targets);
            return loss.byGroup() ? rows.withGroups(BoostingRows.sizes(data.getGroup())) : rows;
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not return the labels of its own data.", e);
        }
    }

    static Map<String, float[]> with(Map<String, float[]> targets, String name, float[] values) {
        Map<String, float[]> more = new LinkedHashMap<>(targets);
        more.put(name, BoostingRows.numbers(name, values));
        return Collections.unmodifiableMap(more);
    }

    static float[] flat(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        float[] flat = new float[rows.length * width];
        ParallelRows.run(rows.length, (from, to) -> copy(rows, width, from, to, flat));
        return flat;
    }

    private static void copy(float[][] rows, int width, int from, int to, float[] flat) {
        for (int row = from; row < to && width == 1; row++) {
            flat[row] = rows[row][0];
        }
        for (int row = from; row < to && width > 1; row++) {
            System.arraycopy(rows[row], 0, flat, row * width, width);
        }
    }
}
