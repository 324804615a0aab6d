package dev.lossforge.samples.s13_spark;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.digits.MnistData;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.metric.Metrics;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import dev.lossforge.samples.mnist.MnistCnn;
import dev.lossforge.spark.EmbeddedSpark;
import dev.lossforge.spark.SparkTrainer;
import dev.lossforge.spark.TrainingReport;
import dev.lossforge.spark.WorkerTimes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import scala.Tuple2;

/**
 * The network of {@code ./lossforge train mnist}, trained by two workers of Spark. Each computes the gradients of half
 * a batch, and both take the same step. Then it shows what the workers spent their time on.
 */
public final class DigitsOnSpark implements Lesson {
    static final int WORKERS = 2;
    private static final int IMAGES = 2000;
    private static final FitOptions FIT = FitOptions.epochs(2).withBatchSize(128);
    private static final long SEED = 1;

    private static final StructType SCHEMA = new StructType(new StructField[] {
        new StructField("features", DataTypes.createArrayType(DataTypes.FloatType), false, Metadata.empty()),
        new StructField("label", DataTypes.IntegerType, false, Metadata.empty())
    });

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String name() {
        return "digits-on-spark";
    }

    @Override
    public String summary() {
        return "a network trained by two workers of Spark, and what they spend their time on";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        MnistData digits = context.digits().load(IMAGES);
        try (SparkSession spark = EmbeddedSpark.start(WORKERS)) {
            TrainingReport report = train(spark, digits, WORKERS, FIT, context.out());
            Path picture = context.folder().resolve("digits-on-spark.png");
            ChartFile.write(picture, List.of(chart(report.workers())));
            context.out().println("drawn in " + picture);
        }
    }

    /** Trains the network, prints its progress, the times of the workers and the accuracy. */
    static TrainingReport train(SparkSession spark, MnistData digits, int workers, FitOptions fit, PrintWriter out) {
        try (Sequential model = MnistCnn.build(SEED)) {
            SparkTrainer trainer = SparkTrainer.of(workers).withListener(progress -> {
                out.println(progress.line());
                out.flush();
            });
            TrainingReport report = train(model, spark, digits.train(), trainer, fit);
            report.workers().forEach(out::println);
            model.compile(compile().withMetrics(Metrics.accuracy()));
            double accuracy =
                    model.evaluate(digits.test().toDataset()).scores().metrics().getOrDefault(Metrics.ACCURACY, 0.0);
            out.printf(
                    Locale.ROOT,
                    "%d images of %s in %.1f s; %.2f %% of the test images are classified correctly%n",
                    digits.train().count(),
                    digits.description(),
                    report.seconds(),
                    100 * accuracy);
            return report;
        }
    }

    static CompileOptions compile() {
        return CompileOptions.of(Adam.of(0.001), new SoftmaxCrossEntropyLoss());
    }

    static TrainingReport train(
            Sequential model, SparkSession spark, DigitSet digits, SparkTrainer trainer, FitOptions fit) {
        return trainer.fit(model, compile(), rows(spark, digits), SCHEMA, fit);
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

    private static CategoryChart chart(List<WorkerTimes> workers) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(600)
                .height(500)
                .title("What the workers spent their time on")
                .yAxisTitle("seconds")
                .build();
        ChartFile.style(chart.getStyler());
        chart.getStyler().setStacked(true);
        List<String> names =
                workers.stream().map(worker -> "worker " + worker.worker()).toList();
        chart.addSeries("compute", names, seconds(workers, WorkerTimes::compute));
        chart.addSeries("communication", names, seconds(workers, WorkerTimes::communication));
        chart.addSeries("waiting", names, seconds(workers, WorkerTimes::waiting));
        chart.addSeries("starting", names, seconds(workers, WorkerTimes::starting));
        return chart;
    }

    private static List<Double> seconds(List<WorkerTimes> workers, ToDoubleFunction<WorkerTimes> time) {
        return workers.stream().map(time::applyAsDouble).toList();
    }
}
