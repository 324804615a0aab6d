package dev.lossforge.samples.s13_spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.GeneratedDigits;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.spark.EmbeddedSpark;
import dev.lossforge.spark.SparkTrainer;
import dev.lossforge.spark.TrainingReport;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class DigitsOnSparkTest {
    private static final DigitSet DIGITS = GeneratedDigits.seeded(1).train(128);
    private static final FitOptions FIT = FitOptions.epochs(2).withBatchSize(32).inOrder();

    private static Map<String, Tensor> trained(SparkSession spark) {
        try (Sequential model = MnistCnn.build(3)) {
            TrainingReport report = DigitsOnSpark.train(model, spark, DIGITS, SparkTrainer.of(2), FIT);
            assertThat(report.steps()).isEqualTo(8);
            return model.parameters();
        }
    }

    /**
     * Adam moves each weight by at most 0.001 a step, 0.008 in all. Where a gradient is nearly 0, its sign, and so the
     * direction of a first step, hangs on the order of sums; so a few weights may differ by steps, all others not.
     */
    @Test
    void twoWorkersTrainTheNetworkAsOneMachineDoes() throws IOException {
        try (SparkSession spark = EmbeddedSpark.start(2);
                Sequential model = MnistCnn.build(3)) {
            Map<String, Tensor> two = trained(spark);
            Map<String, Tensor> before = model.parameters();
            model.compile(DigitsOnSpark.compile().withBackend("cpu"));
            model.fit(DIGITS.toDataset(), FIT);
            double moved = 0;
            double apart = 0;
            for (Map.Entry<String, Tensor> one : model.parameters().entrySet()) {
                float[] values = one.getValue().array();
                assertThat(two.get(one.getKey()).array()).containsExactly(values, within(0.004f));
                for (int i = 0; i < values.length; i++) {
                    moved += Math.abs(values[i] - before.get(one.getKey()).array()[i]);
                    apart += Math.abs(values[i] - two.get(one.getKey()).array()[i]);
                }
            }
            assertThat(apart).isLessThan(1e-3 * moved);
        }
    }

    @Test
    void saysWhatIsWrongWithTheCommand() {
        assertThat(Choices.parse(List.of("--workers", "4", "--data=generated", "--epochs=7"))
                        .epochs())
                .isEqualTo(7);
        assertThatThrownBy(() -> Choices.parse(List.of("--worker", "2")))
                .hasMessage("The option --worker does not exist for training on Spark; the options are --batch-size,"
                        + " --data, --epochs, --limit, --master, --workers, each with a value.");
        assertThatThrownBy(() -> Choices.parse(List.of("--epochs")))
                .hasMessageStartingWith("The option --epochs lacks");
        assertThatThrownBy(() -> Choices.parse(List.of("--epochs", "0")))
                .hasMessage("--epochs takes a whole number of at least 1, but '0' is given.");
    }

    @Test
    void saysThatTheMasterCannotBeReached() {
        assertThatThrownBy(() -> SparkProgram.requireReachable("spark://127.0.0.1:1"))
                .hasMessage("The master spark://127.0.0.1:1 cannot be reached; start it, or take its address"
                        + " from its log.");
    }

    @Test
    void saysThatTheMasterHasNoWorkers() {
        assertThatThrownBy(() -> SparkProgram.requireWorkers("spark://here:7077", () -> 0, 0))
                .hasMessage("The master spark://here:7077 gave no worker within 0 s; start workers, or free cores and"
                        + " memory of those that run.");
        Iterator<Integer> numbers = List.of(0, 0, 1).iterator();
        SparkProgram.requireWorkers("spark://here:7077", numbers::next, 60);
        assertThat(numbers).isExhausted();
    }

    @Test
    void isFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(Lesson.class)).hasAtLeastOneElementOfType(DigitsOnSpark.class);
    }
}
