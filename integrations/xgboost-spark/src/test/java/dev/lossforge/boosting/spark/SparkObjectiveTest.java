package dev.lossforge.boosting.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.boosting.BoostingRows;
import dev.lossforge.boosting.ScoreLoss;
import dev.lossforge.boosting.XGBoostObjective;
import dev.lossforge.losses.HuberLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkObjectiveTest {
    private static final int COUNT = 300;
    private static final int FEATURES = 3;
    private static final int ROUNDS = 10;
    private static final ScoreLoss LOSS = ScoreLoss.of(new HuberLoss(0.5f)).withMinCurvature(0.1);

    private final float[] features = new float[COUNT * FEATURES];
    private final float[] labels = new float[COUNT];

    /** Whole numbers, which are binned alike however they are partitioned. */
    SparkObjectiveTest() {
        Random random = new Random(1);
        for (int row = 0; row < COUNT; row++) {
            for (int j = 0; j < FEATURES; j++) {
                features[row * FEATURES + j] = random.nextInt(30);
            }
            labels[row] = (float) (Math.sin(features[row * FEATURES] / 5)
                    + features[row * FEATURES + 1] / 10
                    + 0.3 * random.nextGaussian());
        }
    }

    private static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    private Dataset<Row> data(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            rows.add(RowFactory.create(
                    i, Vectors.dense(features[3 * i], features[3 * i + 1], features[3 * i + 2]), (double) labels[i]));
        }
        return spark.createDataFrame(rows, new StructType(new StructField[] {
                    new StructField("row", DataTypes.IntegerType, false, Metadata.empty()),
                    new StructField("features", new VectorUDT(), false, Metadata.empty()),
                    new StructField("label", DataTypes.DoubleType, false, Metadata.empty())
                }))
                .repartition(2);
    }

    private float start() {
        return LOSS.startingScores(BoostingRows.of(labels), 1)[0];
    }

    private float[][] onOneMachine() throws XGBoostError {
        DMatrix data = new DMatrix(features, COUNT, FEATURES, Float.NaN);
        data.setLabel(labels);
        Map<String, Object> parameters =
                new HashMap<>(Map.of("max_depth", 3, "eta", 0.3, "nthread", 1, "base_score", start()));
        Booster booster = XGBoost.train(data, parameters, ROUNDS, Map.of(), XGBoostObjective.of(LOSS), null);
        return booster.predict(data, true);
    }

    private static void assertPredicts(Dataset<Row> predicted, float[][] expected) {
        List<Row> rows = predicted.select("row", "prediction").collectAsList();
        assertThat(rows).hasSize(COUNT);
        for (Row row : rows) {
            assertThat(row.getDouble(1))
                    .as("row %d", row.getInt(0))
                    .isCloseTo(expected[row.getInt(0)][0], within(1e-5));
        }
    }

    /** Two partitions give the margins of one machine, also from a model that was saved and loaded. */
    @Test
    void trainsSavesAndLoads(@TempDir Path folder) throws IOException, XGBoostError {
        float[][] expected = onOneMachine();
        XGBoostRegressor regressor = new XGBoostRegressor();
        regressor.setNumWorkers(2);
        regressor.setNthread(1);
        regressor.setNumRound(ROUNDS);
        regressor.setMaxDepth(3);
        regressor.setEta(0.3);
        regressor.setBaseScore(start());
        regressor.setCustomObj(SparkObjective.of(LOSS));
        try (SparkSession spark = spark()) {
            Dataset<Row> data = data(spark).cache();
            PipelineModel model =
                    new Pipeline().setStages(new PipelineStage[] {regressor}).fit(data);
            assertPredicts(model.transform(data), expected);
            String place = folder.resolve("model").toString();
            model.write().overwrite().save(place);
            assertPredicts(PipelineModel.load(place).transform(data), expected);
        }
    }

    @Test
    void refusesWhatHasNoText() {
        assertThatThrownBy(() -> SparkObjective.of(LOSS.withFisher(scores -> scores)))
                .hasMessageContaining("has Fisher information given as code");
        assertThatThrownBy(() -> new SparkObjective("com.example.AbsentLoss() ONE 1.0 1.0 false")
                        .getGradient(new float[1][1], new DMatrix(new float[1], 1, 1, Float.NaN)))
                .hasMessage("The loss class com.example.AbsentLoss is not on the class path of this machine; add the"
                        + " jar that has it.");
    }
}
