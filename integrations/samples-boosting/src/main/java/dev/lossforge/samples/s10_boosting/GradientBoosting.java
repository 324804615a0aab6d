package dev.lossforge.samples.s10_boosting;

import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.lossforge.boosting.LightGBMObjective;
import dev.lossforge.boosting.ScoreLoss;
import dev.lossforge.boosting.XGBoostObjective;
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
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Trees boosted with custom losses. For lateness, XGBoost and LightGBM have the loss built in, and the trees come out
 * the same. For promised hours, they do not, and the custom loss costs less.
 */
public final class GradientBoosting implements Lesson {
    private static final int TREES = 60;
    private static final float LATE = 5;

    /** Keeps steps short where the loss is almost linear. */
    private static final double MIN_CURVATURE = 0.5;

    private final Deliveries training = Deliveries.of(4000, 1);
    private final Deliveries test = Deliveries.of(4000, 2);

    /** The negative log-probability of the outcome; the score is the log-odds of a late delivery. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float latePrediction(@Prediction float score, @Target(min = 0, max = 1) float late) {
        return log(1 + exp(score)) - late * score;
    }

    /** A delay of an hour costs {@code late}, an hour too early costs 1; smooth around the promise. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float promise(@Prediction float promised, @Target float hours, @Param(defaultValue = 5) float late) {
        float delay = hours - promised;
        return late * log(1 + exp(delay)) + log(1 + exp(-delay));
    }

    /**
     * A comparison of a built-in objective with ours.
     *
     * @param difference the maximum difference of the scores of a test delivery
     * @param builtIn the accuracy of the booster with its built-in objective
     * @param own the accuracy of the booster with our objective
     */
    record Comparison(double difference, double builtIn, double own) {}

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String name() {
        return "gradient-boosting";
    }

    @Override
    public String summary() {
        return "losses with a Hessian as objectives of XGBoost and LightGBM, compared with the built-in ones";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        try {
            show(context, "XGBoost", xgboost());
            show(context, "LightGBM", lightgbm());
            Map<String, double[]> costs = costs();
            context.out().printf("An hour later than promised costs %.0f, an hour earlier 1:%n", LATE);
            costs.forEach(
                    (name, cost) -> context.out().printf(Locale.ROOT, "  %-22s costs %.3f%n", name, cost[TREES - 1]));
            Path picture = context.folder().resolve("gradient-boosting.png");
            ChartFile.write(picture, List.of(chart(costs)));
            context.out().println("drawn in " + picture);
        } catch (XGBoostError | LGBMException e) {
            throw new IOException("The booster failed: " + e.getMessage(), e);
        }
    }

    private static void show(SampleContext context, String library, Comparison comparison) {
        context.out()
                .printf(
                        Locale.ROOT,
                        "%s: its objective has %.1f of 100 correct, ours %.1f; scores differ by at most %.1g%n",
                        library,
                        100 * comparison.builtIn(),
                        100 * comparison.own(),
                        comparison.difference());
    }

    /** Compares the objectives for lateness in XGBoost. */
    Comparison xgboost() throws XGBoostError {
        DMatrix data = training.matrix(training.late());
        DMatrix unseen = test.matrix(test.late());
        Booster builtIn = boosted(data, Map.of("objective", "binary:logistic", "base_score", 0.5), null);
        Booster own = boosted(data, Map.of("base_score", 0), XGBoostObjective.of(new LatePredictionLoss()));
        return comparison(column(builtIn.predict(unseen, true)), column(own.predict(unseen, true)));
    }

    private static Booster boosted(DMatrix data, Map<String, Object> parameters, @Nullable IObjective objective)
            throws XGBoostError {
        Map<String, Object> all = new HashMap<>(Map.of("max_depth", 4, "eta", 0.2, "nthread", 1, "verbosity", 0));
        all.putAll(parameters);
        return XGBoost.train(data, all, TREES, Map.of(), objective, null);
    }

    /** Compares the objectives for lateness in LightGBM. */
    Comparison lightgbm() throws LGBMException {
        String parameters = "num_leaves=15 learning_rate=0.2 verbosity=-1 num_threads=1 deterministic=true ";
        try (LGBMDataset data = LGBMDataset.createFromMat(
                training.features(), training.count(), Deliveries.FEATURES, true, parameters, null)) {
            data.setField("label", training.late());
            LightGBMObjective objective = LightGBMObjective.of(new LatePredictionLoss(), training.late());
            try (LGBMBooster builtIn =
                            LGBMBooster.create(data, parameters + "objective=binary boost_from_average=false");
                    LGBMBooster own = LGBMBooster.create(data, parameters + "objective=none")) {
                for (int tree = 0; tree < TREES; tree++) {
                    builtIn.updateOneIter();
                    objective.update(own);
                }
                return comparison(scores(builtIn), scores(own));
            }
        }
    }

    private double[] scores(LGBMBooster booster) throws LGBMException {
        return booster.predictForMat(
                test.features(), test.count(), Deliveries.FEATURES, true, PredictionType.C_API_PREDICT_RAW_SCORE);
    }

    private Comparison comparison(double[] builtIn, double[] own) {
        double difference = 0;
        for (int i = 0; i < own.length; i++) {
            difference = Math.max(difference, Math.abs(own[i] - builtIn[i]));
        }
        return new Comparison(difference, toldRight(builtIn), toldRight(own));
    }

    private double toldRight(double[] scores) {
        int right = 0;
        for (int i = 0; i < scores.length; i++) {
            right += scores[i] > 0 == test.late()[i] > 0 ? 1 : 0;
        }
        return (double) right / scores.length;
    }

    /** The mean cost of promises after each tree, on deliveries that were not used for training. */
    Map<String, double[]> costs() throws XGBoostError {
        DMatrix data = training.matrix(training.hours());
        double start = mean(training.hours());
        Map<String, double[]> costs = new LinkedHashMap<>();
        costs.put(
                "squared error",
                costs(boosted(data, Map.of("objective", "reg:squarederror", "base_score", start), null)));
        costs.put(
                "the cost of promises",
                costs(boosted(
                        data,
                        Map.of("base_score", start),
                        XGBoostObjective.of(ScoreLoss.of(new PromiseLoss(LATE)).withMinCurvature(MIN_CURVATURE)))));
        return costs;
    }

    private double[] costs(Booster booster) throws XGBoostError {
        DMatrix unseen = test.matrix(test.hours());
        PromiseLoss cost = new PromiseLoss(LATE);
        double[] costs = new double[TREES];
        for (int tree = 0; tree < TREES; tree++) {
            float[] promised = new float[test.count()];
            float[][] rows = booster.predict(unseen, true, tree + 1);
            for (int i = 0; i < promised.length; i++) {
                promised[i] = rows[i][0];
            }
            costs[tree] =
                    cost.value(LossInputs.of(Tensor.vector(promised), Tensor.vector(test.hours())), Reduction.MEAN);
        }
        return costs;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] column(float[][] rows) {
        double[] column = new double[rows.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows[i][0];
        }
        return column;
    }

    private static XYChart chart(Map<String, double[]> costs) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title("Cost of promised deliveries")
                .xAxisTitle("trees")
                .yAxisTitle("cost on test deliveries")
                .build();
        ChartFile.style(chart.getStyler());
        chart.getStyler().setXAxisMaxLabelCount(12);
        double[] trees = new double[TREES];
        for (int i = 0; i < TREES; i++) {
            trees[i] = i + 1;
        }
        costs.forEach((name, cost) -> chart.addSeries(name, trees, cost).setMarker(SeriesMarkers.NONE));
        return chart;
    }
}
