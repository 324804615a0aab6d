package dev.lossforge.samples.s12_xgboostspark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Days of a bakery, and the trays of bread that its customers wanted. At the end of the week they want more, and their
 * number is harder to predict. The features are whole numbers, so XGBoost bins them alike on any number of partitions.
 */
final class BakeryDays {
    static final String[] FEATURES = {"weekday", "week", "temperature"};
    static final String DEMAND = "demand";
    static final int WEEKDAYS = 7;

    private BakeryDays() {}

    /** The days in two partitions. */
    static Dataset<Row> of(SparkSession spark, int count, long seed) {
        Random random = new Random(seed);
        List<Row> days = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int weekday = random.nextInt(WEEKDAYS);
            int week = random.nextInt(52);
            long temperature = Math.round(10 - 12 * Math.cos(2 * Math.PI * week / 52) + 4 * random.nextGaussian());
            double weekend = Math.exp(-Math.pow(weekday - 5, 2));
            double demand =
                    5 + 4 * weekend - 0.08 * temperature + (0.5 + 2.5 * weekend) * Math.abs(random.nextGaussian());
            days.add(RowFactory.create((double) weekday, (double) week, (double) temperature, demand));
        }
        return spark.createDataFrame(days, schema()).repartition(2).cache();
    }

    private static StructType schema() {
        StructType schema = new StructType();
        for (String feature : FEATURES) {
            schema = schema.add(feature, DataTypes.DoubleType);
        }
        return schema.add(DEMAND, DataTypes.DoubleType);
    }
}
