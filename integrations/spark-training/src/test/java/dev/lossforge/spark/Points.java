package dev.lossforge.spark;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Points of three classes, as rows of Spark and as a dataset in memory, and a model for them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Points(float[][] features, int[] labels) {
    static final StructType SCHEMA = new StructType(new StructField[] {
        new StructField("features", DataTypes.createArrayType(DataTypes.FloatType), false, Metadata.empty()),
        new StructField("label", DataTypes.IntegerType, false, Metadata.empty()),
        new StructField("weight", DataTypes.DoubleType, false, Metadata.empty())
    });

    static Points random(int count) {
        Random random = new Random(7);
        float[][] features = new float[count][4];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 4; j++) {
                features[i][j] = (float) random.nextGaussian();
            }
            labels[i] = features[i][0] + features[i][1] * features[i][2] > 0.3 ? 2 : features[i][3] > 0 ? 1 : 0;
        }
        return new Points(features, labels);
    }

    Dataset unweighted() {
        return Dataset.of(features, labels);
    }

    Dataset weighted() {
        float[] weights = new float[labels.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(i);
        }
        return unweighted().withWeights(Tensor.over(weights, weights.length));
    }

    private static float weight(int row) {
        return 0.25f * (row % 5);
    }

    org.apache.spark.sql.Dataset<Row> rows(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            rows.add(RowFactory.create(features[i], labels[i], (double) weight(i)));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    static Sequential model() {
        return Sequential.builder()
                .input(4)
                .add(Dense.of(16, Activation.RELU))
                .add(Dense.of(3))
                .seed(5)
                .build();
    }
}
