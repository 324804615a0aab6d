package dev.lossforge.samples.s13_spark;

import dev.lossforge.digits.DataListener;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.spark.EmbeddedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The program behind {@code ./lossforge train mnist --engine spark}. It trains as {@link DigitsOnSpark} does, on this
 * machine or on the cluster given by {@code --master spark://HOST:PORT}.
 */
public final class SparkProgram {
    private static final Pattern MASTER = Pattern.compile("spark://([^:/]+):(\\d{1,5})");
    private static final int CONNECT_MILLIS = 5000;

    private static final int WORKER_SECONDS = 60;

    private SparkProgram() {}

    /** Runs the program; reports an error in one sentence. */
    public static void main(String[] arguments) throws IOException {
        try {
            run(Choices.parse(List.of(arguments)), System.out);
        } catch (LossforgeException e) {
            System.err.println("lossforge: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Choices choices, PrintStream out) throws IOException {
        MnistData digits = new MnistSource(new Sentences(out)).load(choices.data(), choices.limit());
        try (SparkSession spark = session(choices)) {
            DigitsOnSpark.train(
                    spark,
                    digits,
                    choices.workers(),
                    FitOptions.epochs(choices.epochs()).withBatchSize(choices.batchSize()),
                    new PrintWriter(out, true, out.charset()));
        }
    }

    private static SparkSession session(Choices choices) {
        String master = choices.master();
        if (master == null) {
            return EmbeddedSpark.start(choices.workers());
        }
        requireReachable(master);
        SparkSession spark = SparkSession.builder()
                .master(master)
                .appName("lossforge")
                // A worker that hangs or never starts must not block its cores and the other workers forever.
                .config("spark.task.reaper.enabled", true)
                .config("spark.task.reaper.killTimeout", "60s")
                .config("spark.barrier.sync.timeout", "10min")
                // A minute for enough workers, where Spark's own 40 times are ten.
                .config("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", 4)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate();
        SparkContext context = spark.sparkContext();
        if (!context.isLocal() && !context.conf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            // The driver is one of them.
            requireWorkers(master, () -> context.statusTracker().getExecutorInfos().length - 1, WORKER_SECONDS);
        }
        return spark;
    }

    /** Waits for the first worker, because Spark waits for it without end. */
    static void requireWorkers(String master, IntSupplier workers, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (workers.getAsInt() == 0) {
            if (System.nanoTime() >= end) {
                throw new ConfigurationException("The master " + master + " gave no worker within " + seconds
                        + " s; start workers, or free cores and memory of those that run.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Checks the master in advance, because Spark tries for a minute and then ends the program. */
    @SuppressWarnings("AddressSelection") // Spark also takes only one address of a name
    static void requireReachable(String master) {
        Matcher address = MASTER.matcher(master);
        if (address.matches()) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))), CONNECT_MILLIS);
            } catch (IOException | IllegalArgumentException e) {
                throw new ConfigurationException(
                        "The master " + master + " cannot be reached; start it, or take its address from its log.");
            }
        }
    }

    /** Prints messages about the data, but not the progress of downloads. */
    private record Sentences(PrintStream out) implements DataListener {
        @Override
        public void notice(String sentence) {
            out.println(sentence);
        }

        @Override
        public void warning(String sentence) {
            out.println(sentence);
        }

        @Override
        public void progress(String step, long done, long total) {}
    }
}
