package dev.lossforge.samples.s12_xgboostspark;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;

import dev.lossforge.boosting.BoostingRows;
import dev.lossforge.boosting.ScoreLoss;
import dev.lossforge.boosting.spark.SparkObjective;
import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * Trees boosted on Spark, on two partitions. A bakery that bakes by the cost of its errors pays less than one that
 * bakes by the squared error. The pipeline with the custom loss is saved and loaded like others.
 */
public final class BoostingOnSpark implements Lesson {
    private static final float MISSING = 4;
    private static final int DAYS = 4000;

    /** Keeps steps short where the loss is almost linear. */
    private static final double MIN_CURVATURE = 0.5;

    private static final String FEATURES = "features";
    private static final String PREDICTION = "prediction";

    /** A tray too few costs {@code missing}, a tray too many costs 1; smooth around the demand. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float baking(@Prediction float baked, @Target float demand, @Param(defaultValue = 4) float missing) {
        float shortage = demand - baked;
        return missing * log(1 + exp(shortage)) + log(1 + exp(-shortage));
    }

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String name() {
        return "boosting-on-spark";
    }

    @Override
    public String summary() {
        return "the cost of errors as the objective of XGBoost on Spark; a pipeline that is saved and loaded";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        try (SparkSession spark = spark()) {
            Dataset<Row> days = BakeryDays.of(spark, DAYS, 1);
            Dataset<Row> test = BakeryDays.of(spark, DAYS, 2);
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            outcomes.put("squared error", Outcome.of(pipeline(squaredError()).fit(days), test));
            PipelineModel own = pipeline(ownObjective(days)).fit(days);
            outcomes.put("the cost of errors", Outcome.of(own, test));
            context.out().printf("A tray too few costs %.0f, a tray too many 1; boosted on 2 partitions by%n", MISSING);
            outcomes.forEach(
                    (name, outcome) -> context.out().printf(Locale.ROOT, "  %-19s costs %.3f%n", name, outcome.cost()));
            context.out()
                    .printf(
                            Locale.ROOT,
                            "Saved and loaded, the pipeline bakes the same: costs %.3f%n",
                            Outcome.of(SavedPipeline.reloaded(own), test).cost());
            Path picture = context.folder().resolve("boosting-on-spark.png");
            ChartFile.write(picture, List.of(chart(outcomes)));
            context.out().println("drawn in " + picture);
        }
    }

    /** Spark with two threads of this process. */
    static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("lossforge")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    static Pipeline pipeline(XGBoostRegressor regressor) {
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(BakeryDays.FEATURES).setOutputCol(FEATURES);
        return new Pipeline().setStages(new PipelineStage[] {assembler, regressor});
    }

    static XGBoostRegressor squaredError() {
        XGBoostRegressor regressor = new XGBoostRegressor();
        regressor.setNumWorkers(2);
        regressor.setNthread(1);
        regressor.setNumRound(40);
        regressor.setMaxDepth(3);
        regressor.setEta(0.2);
        regressor.setFeaturesCol(FEATURES);
        regressor.setLabelCol(BakeryDays.DEMAND);
        regressor.setPredictionCol(PREDICTION);
        return regressor;
    }

    /** The same with our loss, from the constant that costs least. */
    static XGBoostRegressor ownObjective(Dataset<Row> days) {
        ScoreLoss loss = ScoreLoss.of(new BakingLoss(MISSING)).withMinCurvature(MIN_CURVATURE);
        XGBoostRegressor regressor = squaredError();
        regressor.setCustomObj(SparkObjective.of(loss));
        regressor.setBaseScore(loss.startingScores(BoostingRows.of(demands(days)), 1)[0]);
        return regressor;
    }

    private static float[] demands(Dataset<Row> days) {
        List<Row> rows = days.select(BakeryDays.DEMAND).collectAsList();
        float[] demands = new float[rows.size()];
        for (int i = 0; i < demands.length; i++) {
            demands[i] = (float) rows.get(i).getDouble(0);
        }
        return demands;
    }

    /**
     * What a pipeline bakes on days that it has not seen.
     *
     * @param cost the mean cost of a day
     * @param baked the mean number of trays on each day of the week
     * @param demand the mean demand on each day of the week
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outcome(double cost, double[] baked, double[] demand) {
        static Outcome of(PipelineModel model, Dataset<Row> test) {
            List<Row> rows = model.transform(test)
                    .select(BakeryDays.FEATURES[0], BakeryDays.DEMAND, PREDICTION)
                    .collectAsList();
            Tensor baked = Tensor.zeros(rows.size());
            Tensor demand = Tensor.zeros(rows.size());
            double[] counts = new double[BakeryDays.WEEKDAYS];
            double[] meanBaked = new double[BakeryDays.WEEKDAYS];
            double[] meanDemand = new double[BakeryDays.WEEKDAYS];
            for (int i = 0; i < rows.size(); i++) {
                int weekday = (int) rows.get(i).getDouble(0);
                demand.array()[i] = (float) rows.get(i).getDouble(1);
                baked.array()[i] = (float) rows.get(i).getDouble(2);
                counts[weekday]++;
                meanBaked[weekday] += (baked.array()[i] - meanBaked[weekday]) / counts[weekday];
                meanDemand[weekday] += (demand.array()[i] - meanDemand[weekday]) / counts[weekday];
            }
            double cost = new BakingLoss(MISSING).value(LossInputs.of(baked, demand), Reduction.MEAN);
            return new Outcome(cost, meanBaked, meanDemand);
        }
    }

    private static XYChart chart(Map<String, Outcome> outcomes) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("Trays that are baked, on average")
                .xAxisTitle("day of the week, from Monday")
                .yAxisTitle("trays")
                .build();
        ChartFile.style(chart.getStyler());
        double[] weekdays = {1, 2, 3, 4, 5, 6, 7};
        chart.addSeries("demand", weekdays, outcomes.values().iterator().next().demand());
        outcomes.forEach((name, outcome) -> chart.addSeries("by " + name, weekdays, outcome.baked()));
        return chart;
    }
}
