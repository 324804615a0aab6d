package dev.lossforge.spark;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.training.FitOptions;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A driver that tells of its executors, and then trains until someone ends it. */
final class EndlessTraining {
    /** Before the number of an executor's process. */
    static final String EXECUTOR = "executor ";

    /** After the first job; the second is long. */
    static final String TRAINS = "trains";

    private EndlessTraining() {}

    public static void main(String[] arguments) {
        SparkSession spark = EmbeddedSpark.start(2);
        JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(0, 1), 2)
                .map(any -> ProcessHandle.current().pid())
                .collect()
                .forEach(pid -> System.out.println(EXECUTOR + pid));
        try (Sequential model = Points.model()) {
            SparkTrainer.of(2)
                    .withStepsPerJob(1_000)
                    .withListener(report -> System.out.println(TRAINS))
                    .fit(
                            model,
                            CompileOptions.of(Sgd.of(0.01), new SoftmaxCrossEntropyLoss()),
                            Points.random(64).rows(spark),
                            FitOptions.epochs(10_000_000).withBatchSize(32));
        }
    }
}
