package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One row of forty is wrong. It is the ninth of the second worker, and has the index 17 in the data. */
class BadRowsTest {
    private static final int BAD = 17;

    private static final StructType SCHEMA = new StructType(new StructField[] {
        new StructField("features", DataTypes.createArrayType(DataTypes.FloatType), true, Metadata.empty()),
        new StructField("label", DataTypes.DoubleType, true, Metadata.empty()),
        new StructField("weight", DataTypes.DoubleType, true, Metadata.empty())
    });

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Cluster.session();
    }

    private static void assertRefused(
            @Nullable Object features, @Nullable Double label, double weight, String sentence) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(
                    i == BAD
                            ? RowFactory.create(features, label, weight)
                            : RowFactory.create(new float[] {i % 7, i % 5, i % 3, 1}, i % 3.0, 1.0));
        }
        try (Model model = Points.model()) {
            assertThatThrownBy(() -> SparkTrainer.of(2)
                            .withWeights("weight")
                            .fit(
                                    model,
                                    CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()),
                                    spark.createDataFrame(rows, SCHEMA),
                                    FitOptions.epochs(1).withBatchSize(8)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(sentence);
        }
    }

    private static float[] features(float last) {
        return new float[] {1, 2, 3, last};
    }

    @Test
    void isNamedByItsPlaceInTheData() {
        assertRefused(
                null,
                1.0,
                1,
                "The column 'features' of row 18 (index 17) has no value; fill it or leave the row" + " out.");
        assertRefused(
                new float[] {1},
                1.0,
                1,
                "The column 'features' of row 18 (index 17) has 1 value, but 'input' takes 4.");
        assertRefused(
                features(4),
                1.5,
                1,
                "The column 'label' of row 18 (index 17) has 1.5, but 'label' takes whole numbers.");
        assertRefused(
                features(4),
                3.0,
                1,
                "'label' of row 18 (index 17) is 3, but it selects one of 3 entries and so lies between 0 and 2; to"
                        + " leave it out, mask it or give it the weight 0.");
        assertRefused(
                features(4),
                1.0,
                -1,
                "The weight of row 18 (index 17) is -1.0; a weight is a finite number of at least 0.");
    }

    @Test
    void mayLackAValueInAnArray() {
        assertRefused(
                Arrays.asList(1f, 2f, null, 4f),
                1.0,
                1,
                "The column 'features' of row 18 (index 17) has an array with a place without a value; fill it or leave"
                        + " the row out.");
    }

    /** The other worker sees that the loss is NaN as well, but not why. */
    @Test
    void isNamedWhenOnlyTheLossShowsIt() {
        try (Model model = Points.model()) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                rows.add(RowFactory.create(features(i == BAD ? Float.NaN : i), i % 3.0, 1.0));
            }
            assertThatThrownBy(() -> SparkTrainer.of(2)
                            .fit(
                                    model,
                                    CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()),
                                    spark.createDataFrame(rows, SCHEMA),
                                    FitOptions.epochs(1).withBatchSize(8).inOrder()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("'input' of row 18 (index 17) is NaN, so replace this value");
        }
    }
}
