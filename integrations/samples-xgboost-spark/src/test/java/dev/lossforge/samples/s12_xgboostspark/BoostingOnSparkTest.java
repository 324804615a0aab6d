package dev.lossforge.samples.s12_xgboostspark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.s12_xgboostspark.BoostingOnSpark.Outcome;
import java.io.IOException;
import java.util.ServiceLoader;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class BoostingOnSparkTest {
    @Test
    void bakingCostsLessWhenItsCostIsTheObjective() throws IOException {
        try (SparkSession spark = BoostingOnSpark.spark()) {
            Dataset<Row> days = BakeryDays.of(spark, 1000, 1);
            PipelineModel own =
                    BoostingOnSpark.pipeline(BoostingOnSpark.ownObjective(days)).fit(days);
            PipelineModel builtIn =
                    BoostingOnSpark.pipeline(BoostingOnSpark.squaredError()).fit(days);
            double cost = Outcome.of(own, days).cost();
            assertThat(cost).isLessThan(0.9 * Outcome.of(builtIn, days).cost());
            assertThat(Outcome.of(SavedPipeline.reloaded(own), days).cost()).isEqualTo(cost);
        }
    }

    @Test
    void isFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(Lesson.class)).hasAtLeastOneElementOfType(BoostingOnSpark.class);
    }
}
