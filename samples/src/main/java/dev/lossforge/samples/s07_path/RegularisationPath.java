package dev.lossforge.samples.s07_path;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Regularizer;
import dev.lossforge.dsl.Target;
import dev.lossforge.dsl.Weight;
import dev.lossforge.runtime.callback.LearningRateScheduler;
import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.PenaltyFunction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A regression on six quantities, only three of which matter. It minimizes {@code loss + λ·R} for growing λ. A sum of
 * absolute values takes the weights to 0 one after the other, starting with those that do not matter. A sum of squares
 * shrinks all of them and takes none to 0.
 */
public final class RegularisationPath implements Lesson {
    private static final int POINTS = 64;

    /** The true contributions of the quantities. */
    static final float[] TRUTH = {2, -1.5f, 0.7f, 0, 0, 0};

    /** The number of values of λ to try. */
    private static final int STEPS = 25;

    private static final double MAX = 3;
    private static final double RATE = 0.4;
    private static final int EPOCHS = 400;
    private static final double NOISE = 0.8;

    private final Dataset points = points(new Random(3));

    @Loss
    static float halfSquare(@Prediction float p, @Target float y) {
        return 0.5f * square(p - y);
    }

    /** The lasso's penalty (R. Tibshirani, J. R. Statist. Soc. B 58, 1996). Gradient 0 at 0. */
    @Regularizer
    static float magnitude(@Weight float w) {
        return abs(w);
    }

    /** The penalty of ridge regression. */
    @Regularizer
    static float halfSquaredWeight(@Weight float w) {
        return 0.5f * square(w);
    }

    /** The best weights for one λ. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fit(double lambda, float[] weights) {
        private long kept() {
            int kept = 0;
            for (float weight : weights) {
                kept += Math.abs(weight) > 1e-2 ? 1 : 0;
            }
            return kept;
        }
    }

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String name() {
        return "regularisation-path";
    }

    @Override
    public String summary() {
        return "loss + λ·regularizer: the path of the weights as λ grows, absolute values against squares";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        List<Fit> lasso = path(new MagnitudeRegularizer());
        List<Fit> ridge = path(new HalfSquaredWeightRegularizer());
        context.out().printf("The true weights are %s.%n", text(TRUTH));
        for (int i : new int[] {0, 4, 8, 16}) {
            context.out()
                    .printf(
                            Locale.ROOT,
                            "  λ = %.1f   absolute values: %s, %d of 6 kept   squares: %s%n",
                            lasso.get(i).lambda(),
                            text(lasso.get(i).weights()),
                            lasso.get(i).kept(),
                            text(ridge.get(i).weights()));
        }
        Path picture = context.folder().resolve("regularisation-path.png");
        ChartFile.write(picture, List.of(chart("loss + λ Σ|w|", lasso), chart("loss + λ Σ½w²", ridge)));
        context.out().println("drawn in " + picture);
    }

    private static String text(float[] weights) {
        List<String> numbers = new ArrayList<>();
        for (float weight : weights) {
            numbers.add(String.format(Locale.ROOT, "%5.2f", weight + 0f));
        }
        return numbers.stream().collect(Collectors.joining(" "));
    }

    /** The fits for all λ from 0 on, each one started from the previous one. */
    List<Fit> path(PenaltyFunction regularizer) {
        List<Fit> path = new ArrayList<>();
        try (Sequential model = Sequential.builder()
                .input(TRUTH.length)
                .add(Dense.of(1).withoutBias())
                .seed(1)
                .build()) {
            for (int i = 0; i < STEPS; i++) {
                double lambda = MAX * i / (STEPS - 1);
                fit(model, lambda, regularizer);
                path.add(new Fit(
                        lambda, model.parameters().firstEntry().getValue().array()));
            }
        }
        return path;
    }

    /**
     * Descends along the full gradient. The steps become shorter, because near a kink the weights oscillate by a step's
     * length.
     */
    private void fit(Sequential model, double lambda, PenaltyFunction regularizer) {
        model.compile(CompileOptions.of(Sgd.of(RATE), new HalfSquareLoss())
                .withPenalty(lambda, regularizer)
                .withThreads(1));
        model.fit(
                points,
                FitOptions.epochs(EPOCHS)
                        .withBatchSize(POINTS)
                        .inOrder()
                        .withCallback(LearningRateScheduler.everyEpoch(new Schedule.Exponential(RATE, 0.003, EPOCHS))));
    }

    /** The weights without a regularizer. Because the columns are orthogonal, each is a mean of products. */
    double[] leastSquares() {
        double[] weights = new double[TRUTH.length];
        float[] y = ((Tensor) points.targets()).array();
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < weights.length; j++) {
                weights[j] += (double) points.inputs().get(i, j) * y[i] / POINTS;
            }
        }
        return weights;
    }

    /** Quantities that are 1 or −1, no two of which are correlated: columns of a Hadamard matrix. */
    private static Dataset points(Random random) {
        Tensor x = Tensor.zeros(POINTS, TRUTH.length);
        Tensor y = Tensor.zeros(POINTS, 1);
        for (int i = 0; i < POINTS; i++) {
            float sum = (float) (NOISE * random.nextGaussian());
            for (int j = 0; j < TRUTH.length; j++) {
                float quantity = (i >> j & 1) == 0 ? 1 : -1;
                x.array()[i * TRUTH.length + j] = quantity;
                sum += TRUTH[j] * quantity;
            }
            y.array()[i] = sum;
        }
        return Dataset.of(x, y);
    }

    private static XYChart chart(String title, List<Fit> path) {
        XYChart chart = new XYChartBuilder()
                .width(560)
                .height(460)
                .title(title)
                .xAxisTitle("λ")
                .yAxisTitle("weight")
                .build();
        ChartFile.style(chart.getStyler());
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setLegendLayout(LegendLayout.Vertical);
        double[] lambdas = path.stream().mapToDouble(Fit::lambda).toArray();
        for (int j = 0; j < TRUTH.length; j++) {
            int weight = j;
            double[] values =
                    path.stream().mapToDouble(fit -> fit.weights()[weight]).toArray();
            String truth = TRUTH[j] == 0
                    ? "0"
                    : String.format(Locale.ROOT, "%.1f", TRUTH[j]).replace('-', '−');
            XYSeries line = chart.addSeries("w%d, truly %s".formatted(j + 1, truth), lambdas, values);
            line.setMarker(SeriesMarkers.NONE);
            line.setLineWidth(2);
        }
        return chart;
    }
}
