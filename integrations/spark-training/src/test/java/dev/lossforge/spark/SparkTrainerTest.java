package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two executors in processes of their own. */
class SparkTrainerTest {
    private static final Points POINTS = Points.random(320);
    private static final FitOptions FIT = FitOptions.epochs(3).withBatchSize(32).inOrder();

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Cluster.session();
    }

    /** With threads for all processors of the machine, executors of one core are in each other's way. */
    @Test
    void executorsHaveOneProcessor() {
        assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(List.of(0, 1), 2)
                        .map(any -> Runtime.getRuntime().availableProcessors())
                        .collect())
                .containsOnly(1);
    }

    private static CompileOptions compile() {
        return CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss()).withThreads(1);
    }

    private static Map<String, Tensor> trained(SparkTrainer trainer, CompileOptions compile, FitOptions fit) {
        return trained(trainer, compile, POINTS.rows(spark), fit);
    }

    private static Map<String, Tensor> trained(
            SparkTrainer trainer, CompileOptions compile, Dataset<Row> rows, FitOptions fit) {
        try (Sequential model = Points.model()) {
            TrainingReport report = trainer.fit(model, compile, rows, fit);
            assertThat(report.steps()).isEqualTo(30);
            assertThat(report.history().epochs()).hasSize(3);
            assertThat(report.workers()).hasSize(2);
            return model.parameters();
        }
    }

    private static Map<String, Tensor> onOneMachine(CompileOptions compile, FitOptions fit) {
        try (Sequential model = Points.model()) {
            model.compile(compile.withBackend("cpu"));
            model.fit(POINTS.weighted(), fit);
            return model.parameters();
        }
    }

    private static void assertClose(Map<String, Tensor> actual, Map<String, Tensor> expected, float by) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) ->
                assertThat(actual.get(name).array()).as(name).containsExactly(values.array(), within(by)));
    }

    private static void assertSameBits(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertClose(actual, expected, 0);
    }

    /**
     * 30 steps of Adam, each of at most 0.01: a sum that differs in its last bits moves a weight by some 1e-5 of a
     * step, and the next gradients by as much. Without the update of one batch, or with a wrong divisor, weights differ
     * by 0.01 and more.
     */
    @Test
    void trainsAsOneMachineDoesAndAgainWithTheSameBits() {
        Schedule schedule = new Schedule.Cosine(0.01, 0.001, 30);
        SparkTrainer trainer = SparkTrainer.of(2).withWeights("weight").withSchedule(schedule);
        CompileOptions compile = compile().withReduction(Reduction.WEIGHTED_MEAN);
        Map<String, Tensor> two = trained(trainer, compile, FIT);
        assertSameBits(trained(trainer.withStepsPerJob(17), compile, FIT), two);
        assertClose(two, onOneMachine(compile, FIT.withCallback(LearningRateScheduler.everyStep(schedule))), 1e-4f);
    }

    /** Each worker counts other rows; the mean is over those of both. */
    @Test
    void countsTheRowsThatOneMachineCounts() {
        Map<String, Tensor> two = trained(SparkTrainer.of(2).withMask("weight").ignoring(1), compile(), FIT);
        try (Sequential model = Points.model()) {
            model.compile(compile().withBackend("cpu"));
            Tensor weights = Objects.requireNonNull(POINTS.weighted().weights());
            model.fit(POINTS.unweighted().withMask(weights).ignoring(1), FIT);
            assertClose(two, model.parameters(), 1e-4f);
        }
        assertRefused(
                SparkTrainer.of(2).ignoring("tags", 1),
                compile(),
                FIT,
                "The losses have the targets label, but weights, a mask or an ignored label belong to 'tags'; use the"
                        + " name of a target.");
    }

    /** In one file, rows keep their order. */
    @Test
    void trainsOnParquetToTheSameBits(@TempDir Path folder) {
        String file = folder.resolve("points.parquet").toUri().toString();
        POINTS.rows(spark).coalesce(1).write().parquet(file);
        SparkTrainer trainer = SparkTrainer.of(2);
        assertSameBits(trained(trainer, compile(), spark.read().parquet(file), FIT), trained(trainer, compile(), FIT));
    }

    @Test
    void goesOnFromACheckpointWithTheSameDataOnly(@TempDir Path folder) {
        SparkTrainer trainer = SparkTrainer.of(2).withCheckpoints(folder);
        FitOptions more = FitOptions.epochs(4).withBatchSize(32).inOrder();
        trained(trainer, compile(), FIT);
        try (Sequential model = Points.model();
                Sequential whole = Points.model()) {
            assertThatThrownBy(() -> trainer.fit(
                            model,
                            compile(),
                            POINTS.rows(spark).selectExpr("features", "(label + 1) % 3 AS label", "weight"),
                            more))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("data's checksum");
            assertThat(trainer.fit(model, compile(), POINTS.rows(spark), more).steps())
                    .isEqualTo(40);
            SparkTrainer.of(2).fit(whole, compile(), POINTS.rows(spark), more);
            assertSameBits(model.parameters(), whole.parameters());
        }
    }

    /** Steps of their own lead elsewhere, but not astray. */
    @Test
    void averagesModelsOnRequest() {
        CompileOptions compile = CompileOptions.of(Sgd.of(0.1), new SoftmaxCrossEntropyLoss());
        try (Sequential model = Points.model();
                Sequential onOneMachine = Points.model()) {
            TrainingReport report =
                    SparkTrainer.of(2).withAveragingEvery(7).fit(model, compile, POINTS.rows(spark), FIT);
            onOneMachine.compile(compile.withBackend("cpu"));
            double loss = onOneMachine.fit(POINTS.unweighted(), FIT).last().loss();
            assertThat(report.history().last().loss()).isNotEqualTo(loss).isCloseTo(loss, within(0.1 * loss));
        }
    }

    private static void assertRefused(SparkTrainer trainer, CompileOptions compile, FitOptions fit, String sentence) {
        try (Model model = Points.model()) {
            assertThatThrownBy(() -> trainer.fit(model, compile, POINTS.rows(spark), fit))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(sentence);
        }
    }

    @Test
    void saysInOneSentenceWhatIsWrong() {
        assertThatThrownBy(() -> SparkTrainer.of(0)).hasMessage("The number of workers is at least 1, but 0 is given.");
        assertRefused(
                SparkTrainer.of(2),
                compile(),
                FitOptions.epochs(1).withBatchSize(33),
                "The batch size 33 cannot be shared equally among 2 workers; choose a multiple of their number.");
        assertRefused(
                SparkTrainer.of(2).withColumn("input", "pixels"),
                compile(),
                FIT,
                "The data has no column 'pixels' for 'input', but features, label, weight; name it by"
                        + " withColumn(\"input\", COLUMN).");
        assertRefused(
                SparkTrainer.of(2).withWeights("label_weight"),
                compile(),
                FIT,
                "The data has no column 'label_weight' for 'weights', but features, label, weight; name it by"
                        + " withWeights(COLUMN).");
        assertRefused(
                SparkTrainer.of(321).withTimeLimit(Duration.ofSeconds(5)),
                compile(),
                FitOptions.epochs(1).withBatchSize(321),
                "There are fewer rows than the 321 workers; take fewer workers.");
    }

    @Test
    void saysThatTheClusterIsTooSmall() {
        assertRefused(
                SparkTrainer.of(3),
                compile(),
                FitOptions.epochs(1).withBatchSize(33),
                "The cluster cannot run 3 workers at once; add executors or cores, or take fewer workers.");
    }
}
