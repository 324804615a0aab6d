package dev.lossforge.spark;

import org.apache.spark.sql.SparkSession;

/** Two executors in processes of their own, for all tests: to start them takes longer than most tests do. */
final class Cluster {
    private Cluster() {}

    /** Ends with this process. */
    static SparkSession session() {
        return EmbeddedSpark.start(2);
    }
}
