package dev.lossforge.samples.spark;

import dev.lossforge.digits.DataListener;
import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.metric.Accuracy;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.spark.EmbeddedSpark;
import dev.lossforge.spark.SparkTrainer;
import dev.lossforge.spark.TrainingReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Trains the network of {@code ./lossforge train mnist} on Spark, either on this machine or on the cluster given by
 * {@code --master spark://HOST:PORT}. {@code ./lossforge train mnist --engine spark} runs it.
 */
public final class DigitsOnSpark {
    static final StructType SCHEMA = new StructType(new StructField[] {
        new StructField("features", DataTypes.createArrayType(DataTypes.FloatType), false, Metadata.empty()),
        new StructField("label", DataTypes.IntegerType, false, Metadata.empty())
    });

    private static final Pattern MASTER = Pattern.compile("spark://([^:/]+):(\\d{1,5})");
    private static final int CONNECT_MILLIS = 5000;
    private static final long SEED = 1;

    private DigitsOnSpark() {}

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
        try (SparkSession spark = session(choices);
                Sequential model = MnistCnn.build(SEED)) {
            TrainingReport report = train(
                    model,
                    spark,
                    digits.train(),
                    SparkTrainer.of(choices.workers()).withListener(progress -> out.println(progress.line())),
                    FitOptions.epochs(choices.epochs()).withBatchSize(choices.batchSize()));
            report.workers().forEach(out::println);
            model.compile(compile().withMetrics(new Accuracy()));
            double accuracy =
                    model.evaluate(digits.test().toDataset()).scores().metrics().getOrDefault(Accuracy.NAME, 0.0);
            out.printf(
                    Locale.ROOT,
                    "%d images of %s in %.1f s; %.2f %% of the test images are classified correctly%n",
                    digits.train().count(),
                    digits.description(),
                    report.seconds(),
                    100 * accuracy);
        }
    }

    static CompileOptions compile() {
        return CompileOptions.of(Adam.of(0.001), new SoftmaxCrossEntropyLoss());
    }

    static TrainingReport train(
            Sequential model, SparkSession spark, DigitSet digits, SparkTrainer trainer, FitOptions fit) {
        return trainer.fit(model, compile(), rows(spark, digits), SCHEMA, fit);
    }

    private static SparkSession session(Choices choices) {
        String master = choices.master();
        if (master == null) {
            return EmbeddedSpark.start(choices.workers());
        }
        requireReachable(master);
        return SparkSession.builder()
                .master(master)
                .appName("lossforge")
                // A worker that hangs or never starts must not block its cores and the other workers forever.
                .config("spark.task.reaper.enabled", true)
                .config("spark.task.reaper.killTimeout", "60s")
                .config("spark.barrier.sync.timeout", "10min")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate();
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

    /** The digits as rows. Images are sent as bytes and become floats where they are used. */
    private static JavaRDD<Row> rows(SparkSession spark, DigitSet digits) {
        List<Tuple2<byte[], Integer>> images = new ArrayList<>();
        for (int image = 0; image < digits.count(); image++) {
            byte[] pixels = new byte[DigitSet.PIXELS];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) digits.pixel(image, i / DigitSet.SIZE, i % DigitSet.SIZE);
            }
            images.add(new Tuple2<>(pixels, digits.label(image)));
        }
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(images)
                .map(image -> RowFactory.create(intensities(image._1()), image._2()));
    }

    private static float[] intensities(byte[] pixels) {
        float[] intensities = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            intensities[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
        }
        return intensities;
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
