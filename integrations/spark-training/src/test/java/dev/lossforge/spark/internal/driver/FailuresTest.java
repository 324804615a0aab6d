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
            java.lang.UnsupportedClassVersionError: app/Own has 65.0 | The executors run an older Java than the classes of \
            the driver are made for; run the same Java on all machines.
            """)
    void explainsWhatWouldGoWrongAgain(String text, String sentence) {
        SparkException failure = new SparkException("Job aborted", new SparkException(text));
        assertThat(Failures.lasting(failure)).isEqualTo(sentence);
        assertThat(Failures.inOneSentence(failure, 3)).hasMessage(sentence).hasCause(failure);
    }

    @Test
    void takesALostExecutorForPassing() {
        assertThat(Failures.lasting(new SparkException("ExecutorLostFailure (executor 1 exited)")))
                .isNull();
        assertThat(Failures.lasting(new SparkException("[SPARK-24819]: Barrier execution mode does not allow")))
                .isNull();
    }
}
