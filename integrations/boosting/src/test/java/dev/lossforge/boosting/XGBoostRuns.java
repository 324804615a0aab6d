package dev.lossforge.boosting;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Short trainings by XGBoost. */
final class XGBoostRuns {
    static final int ROUNDS = 50;

    private XGBoostRuns() {}

    static Map<String, Object> parameters(Map<String, Object> more) {
        Map<String, Object> all =
                new HashMap<>(Map.of("max_depth", 3, "eta", 0.2, "nthread", 1, "verbosity", 0, "tree_method", "hist"));
        all.putAll(more);
        return all;
    }

    /** The margins of the rows that were learned from. */
    static float[][] margins(DMatrix data, Map<String, Object> more, @Nullable IObjective objective)
            throws XGBoostError {
        Booster booster = XGBoost.train(data, parameters(more), ROUNDS, Map.of(), objective, null);
        try {
            return booster.predict(data, true);
        } finally {
            booster.dispose();
        }
    }

    static float[] scores(float[][] margins) {
        return XGBoostRows.flat(margins);
    }

    static double greatestDifference(float[][] actual, float[][] expected) {
        double max = 0;
        for (int row = 0; row < expected.length; row++) {
            for (int j = 0; j < expected[row].length; j++) {
                max = Math.max(max, Math.abs(actual[row][j] - expected[row][j]));
            }
        }
        return max;
    }
}
