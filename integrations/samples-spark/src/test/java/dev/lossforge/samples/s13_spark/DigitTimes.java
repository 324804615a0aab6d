package dev.lossforge.samples.s13_spark;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.spark.EmbeddedSpark;
import dev.lossforge.spark.SparkTrainer;
import dev.lossforge.spark.TrainingReport;
import dev.lossforge.spark.WorkerTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Times the steps of workers that have one core each, beside trainings that do not communicate, for docs/scaling.md,
 * which says how to run it. It needs {@code taskset} and as many cores as workers.
 */
@EnabledIfSystemProperty(named = "lossforge.measure", matches = "true", disabledReason = "measures, and tests nothing")
class DigitTimes {
    private static final int IMAGES = 12_800;
    private static final int STEPS_PER_JOB = Integer.getInteger("lossforge.steps", 1000);

    /** Half of them are warm. */
    private static final int JOBS = Integer.getInteger("lossforge.jobs", 7);

    /** Executors that compile fully, whatever those of tests do. */
    private static final String EXECUTORS = "spark.executor.extraJavaOptions";

    @ParameterizedTest
    @CsvSource({"1,128", "2,128", "1,256", "2,256"})
    void onSpark(int workers, int batch) throws IOException, InterruptedException {
        DigitSet digits = GeneratedDigits.seeded(1).train(IMAGES);
        System.setProperty(EXECUTORS, System.getProperty("lossforge.executors", ""));
        try (SparkSession spark = EmbeddedSpark.start(workers);
                Sequential model = MnistCnn.build(1)) {
            bindToCores(spark, workers);
            Jobs jobs = new Jobs();
            SparkTrainer trainer =
                    SparkTrainer.of(workers).withStepsPerJob(STEPS_PER_JOB).withListener(jobs::add);
            int epochs = JOBS * STEPS_PER_JOB * batch / IMAGES;
            DigitsOnSpark.train(
                    model, spark, digits, trainer, FitOptions.epochs(epochs).withBatchSize(batch));
        }
    }

    /** Trainings in processes of their own, side by side. */
    @ParameterizedTest
    @CsvSource({"1,128", "1,64", "2,64"})
    void apart(int trainings, int batch) throws Exception {
        List<Process> running = new ArrayList<>();
        for (int core = 0; core < trainings; core++) {
            running.add(new ProcessBuilder(
                            "taskset",
                            "-c",
                            Integer.toString(core),
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:ActiveProcessorCount=1",
                            "--add-modules=jdk.incubator.vector",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AloneTimes.class.getName(),
                            Integer.toString(batch))
                    .redirectErrorStream(true)
                    .inheritIO()
                    .start());
        }
        for (Process training : running) {
            training.waitFor();
        }
    }

    /** Binds each executor to a core of its own. */
    private static void bindToCores(SparkSession spark, int workers) throws IOException, InterruptedException {
        List<Long> executors = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
                .map(any -> ProcessHandle.current().pid())
                .distinct()
                .collect();
        for (int core = 0; core < executors.size(); core++) {
            String pid = Long.toString(executors.get(core));
            new ProcessBuilder("taskset", "-acp", Integer.toString(core), pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        System.out.printf(Locale.ROOT, "%d executors, each bound to a core%n", executors.size());
    }

    /** Prints what a step took in each job: the reports have the times of all jobs so far. */
    private static final class Jobs {
        private List<WorkerTimes> before = List.of();
        private double seconds;

        void add(TrainingReport report) {
            for (WorkerTimes now : report.workers()) {
                WorkerTimes earlier = before.isEmpty()
                        ? new WorkerTimes(now.worker(), now.host(), 0, 0, 0, 0, 0)
                        : before.get(now.worker());
                double computing = millis(earlier, now, WorkerTimes::compute);
                double ring = millis(earlier, now, WorkerTimes::communication);
                double waiting = millis(earlier, now, WorkerTimes::waiting);
                System.out.printf(
                        Locale.ROOT,
                        "worker %d: %.2f ms a step, %.2f computing, %.2f ring, %.2f waiting; the job took %.1f s%n",
                        now.worker(),
                        computing + ring + waiting,
                        computing,
                        ring,
                        waiting,
                        report.seconds() - seconds);
            }
            before = report.workers();
            seconds = report.seconds();
        }

        /** Of a step. */
        private static double millis(WorkerTimes earlier, WorkerTimes now, ToDoubleFunction<WorkerTimes> time) {
            return 1000 * (time.applyAsDouble(now) - time.applyAsDouble(earlier)) / (now.steps() - earlier.steps());
        }
    }
}
