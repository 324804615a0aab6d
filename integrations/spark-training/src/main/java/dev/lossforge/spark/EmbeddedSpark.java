package dev.lossforge.spark;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Spark on this machine, with executors in separate processes, for tests and for trials without a cluster. It needs
 * Spark's jars on the class path, but no installation.
 *
 * <p>The environment of this process must contain {@code SPARK_HOME}, the path of any folder, in which executors keep
 * their logs. It should also contain {@code SPARK_LOCAL_IP=127.0.0.1}, so that Spark does not listen to other machines.
 */
public final class EmbeddedSpark {
    private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

    /** Spark gives each executor one core, but its JVM would have threads for all those of the machine. */
    private static final String ONE_CORE = "-XX:ActiveProcessorCount=1 ";

    private EmbeddedSpark() {}

    /**
     * A session whose executors have one core each and the class path of this process.
     *
     * @throws ConfigurationException if {@code SPARK_HOME} is not set
     */
    public static SparkSession start(int executors) {
        String home = System.getenv("SPARK_HOME");
        if (home == null || home.isBlank()) {
            throw new ConfigurationException(
                    "Executors of Spark need SPARK_HOME in the environment; set it to the path of any folder.");
        }
        // Without this folder, every executor dies as soon as it starts.
        makeFolder(Path.of(home, "jars"));
        return SparkSession.builder()
                .master("local-cluster[" + executors + ",1,1024]")
                .appName("lossforge")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config(JAVA_OPTIONS, ONE_CORE + System.getProperty(JAVA_OPTIONS, ""))
                .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                // How often Spark checks whether all workers can run at once, and how many failed checks it tolerates.
                .config("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
                .config("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", 2)
                // Spark kills an executor that does not end a killed task.
                .config("spark.task.reaper.enabled", true)
                .config("spark.task.reaper.pollingInterval", "1s")
                .config("spark.task.reaper.killTimeout", "2s")
                // How long workers wait for a missing one at the barrier.
                .config("spark.barrier.sync.timeout", "10min")
                // No task starts before all executors are present; Spark derives their number from the cores.
                .config("spark.cores.max", executors)
                .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
                .getOrCreate();
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
