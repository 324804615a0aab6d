package dev.lossforge.spark.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of executors Spark hands over texts alone. */
class FailuresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Lost task 0.0: dev.lossforge.runtime.data.DataException: The column 'a' is empty. | The column 'a' is empty.
            java.lang.NoClassDefFoundError: app/OwnLoss | The class app.OwnLoss is not on the class path of the executors; \
            add its jar with spark.jars.
            java.lang.ClassNotFoundException: app.OwnLoss | The class app.OwnLoss is not on the class path of the executors; \
            add its jar with spark.jars.
            java.io.InvalidClassException: org.apache.spark.rdd.RDD | The cluster runs another version of Spark or of Lossforge \
            than the driver; use the same on all machines.
            java.lang.UnsupportedClassVersionError: app/Own has 65.0 | The executors run an older Java than the classes of \
            the driver need; run the same Java on all machines.
            """)
    void explainsWhatWouldGoWrongAgain(String text, String sentence) {
        SparkException failure = new SparkException("Job aborted", new SparkException(text));
        assertThat(Failures.lasting(failure)).isEqualTo(sentence);
        assertThat(Failures.inOneSentence(failure, 3)).hasMessage(sentence).hasCause(failure);
    }

    /** As Spark words it. */
    private static SparkException ofTask(String exception) {
        return new SparkException(
                "Job aborted due to stage failure: Could not recover from a failed barrier ResultStage."
                        + " Most recent failure reason: Stage failed because barrier task ResultTask(3, 1) finished"
                        + " unsuccessfully.\n" + exception + "\n\tat dev.lossforge.Some.where(Some.java:1)\n");
    }

    /** Another job may find the other worker in better health. */
    @Test
    void takesAPeerThatIsLostForPassing() {
        SparkException failure =
                ofTask("dev.lossforge.spark.internal.ring.PeerException: The worker 1 (10.0.0.2:4000) hangs.");
        assertThat(Failures.lasting(failure)).isNull();
        assertThat(Failures.reason(failure)).isEqualTo("The worker 1 (10.0.0.2:4000) hangs.");
    }

    @Test
    void saysWhatEndedATask() {
        SparkException failure = ofTask("java.lang.ArithmeticException: / by zero");
        assertThat(Failures.lasting(failure)).isNull();
        assertThat(Failures.reason(failure)).isEqualTo("java.lang.ArithmeticException: / by zero");
        assertThat(Failures.reason(new SparkException("Job 3 cancelled\nby nobody")))
                .isEqualTo("Job 3 cancelled");
    }

    @Test
    void takesALostExecutorForPassing() {
        assertThat(Failures.lasting(new SparkException("ExecutorLostFailure (executor 1 exited)")))
                .isNull();
        assertThat(Failures.lasting(new SparkException("[SPARK-24819]: Barrier execution mode does not allow")))
                .isNull();
    }
}
