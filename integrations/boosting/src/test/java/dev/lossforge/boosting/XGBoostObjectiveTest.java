package dev.lossforge.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class XGBoostObjectiveTest {
    private static final int ROUNDS = 20;

    private static DMatrix matrix(Rows rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows.features(), rows.count(), Rows.FEATURES, Float.NaN);
        matrix.setLabel(rows.labels());
        matrix.setWeight(rows.weights());
        return matrix;
    }

    private static float[][] margins(DMatrix data, Map<String, Object> parameters, @Nullable IObjective objective)
            throws XGBoostError {
        Map<String, Object> all = new HashMap<>(Map.of("max_depth", 3, "eta", 0.3, "nthread", 1, "verbosity", 0));
        all.putAll(parameters);
        Booster booster = XGBoost.train(data, all, ROUNDS, Map.of(), objective, null);
        try {
            return booster.predict(data, true);
        } finally {
            booster.dispose();
        }
    }

    private static void assertClose(float[][] actual, float[][] expected, double tolerance) {
        for (int row = 0; row < expected.length; row++) {
            for (int j = 0; j < expected[row].length; j++) {
                assertThat(actual[row][j]).as("row %d", row).isCloseTo(expected[row][j], within((float) tolerance));
            }
        }
    }

    /** The formula is that of XGBoost's own objective, so the trees are the same. */
    @Test
    void growsTheTreesThatTheBuiltInLogisticObjectiveGrows() throws XGBoostError {
        DMatrix data = matrix(Rows.of(800, 2));
        float[][] builtIn = margins(data, Map.of("objective", "binary:logistic", "base_score", 0.5), null);
        float[][] own =
                margins(data, Map.of("base_score", 0.0), XGBoostObjective.of(new BinaryCrossEntropyWithLogitsLoss()));
        assertClose(own, builtIn, 1e-3);
        assertThat(accuracy(own, data.getLabel())).isGreaterThan(0.85);
    }

    @Test
    void growsTheTreesThatTheBuiltInSquaredErrorGrows() throws XGBoostError {
        DMatrix data = matrix(Rows.of(800, 5));
        float[][] builtIn = margins(data, Map.of("objective", "reg:squarederror", "base_score", 0.0), null);
        float[][] own = margins(data, Map.of("base_score", 0.0), XGBoostObjective.of(new HalfSquaredErrorLoss()));
        assertClose(own, builtIn, 1e-3);
    }

    @Test
    void learnsSeveralClasses() throws XGBoostError {
        DMatrix data = matrix(Rows.of(800, 3));
        float[][] own = margins(
                data,
                Map.of("base_score", 0.0, "num_class", 3, "objective", "multi:softprob"),
                XGBoostObjective.of(new SoftmaxCrossEntropyLoss()));
        assertThat(own[0]).hasSize(3);
        assertThat(accuracy(own, data.getLabel())).isGreaterThan(0.8);
    }

    private static double accuracy(float[][] margins, float[] labels) {
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            int best = margins[row].length == 1 && margins[row][0] > 0 ? 1 : 0;
            for (int j = 1; j < margins[row].length; j++) {
                best = margins[row][j] > margins[row][best] ? j : best;
            }
            right += best == labels[row] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    @Test
    void isNotSerialised() {
        XGBoostObjective objective = XGBoostObjective.of(new HalfSquaredErrorLoss());
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(objective))
                .isInstanceOf(NotSerializableException.class);
    }
}
