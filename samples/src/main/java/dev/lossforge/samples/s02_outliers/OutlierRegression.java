package dev.lossforge.samples.s02_outliers;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;
import dev.lossforge.losses.GeneralRobustNegativeLogLikelihoodLoss;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.metric.Scores;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.samples.lesson.ChartFile;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line through points, every fifth of which is an outlier: least squares, Huber, and Barron's general robust loss,
 * whose shape and scale are trained with the line.
 */
public final class OutlierRegression implements Lesson {
    private static final int POINTS = 400;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 500;
    private static final BasicStroke SOLID = new BasicStroke(3);
    private static final BasicStroke DASHED =
            new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {12, 10}, 0);

    private final Dataset points = points(new Random(1));

    /** Half the squared error, as a custom formula. */
    @Loss
    static float halfSquare(@Prediction float p, @Target float y) {
        return 0.5f * square(p - y);
    }

    /** Half the squared error up to {@code delta}, and linear beyond it. */
    @Loss
    static float bentSquare(@Prediction float p, @Target float y, @Param(defaultValue = 0.3, min = 0) float delta) {
        float error = abs(p - y);
        return error <= delta ? 0.5f * square(error) : delta * (error - 0.5f * delta);
    }

    /** A line, and the parameters of the loss that were trained with it. */
    record Fit(float slope, float intercept, float shape, float scale) {
        private static Fit of(Sequential model, float shape, float scale) {
            var parameters = model.parameters();
            return new Fit(
                    Objects.requireNonNull(parameters.get("dense.weights")).item(),
                    Objects.requireNonNull(parameters.get("dense.bias")).item(),
                    shape,
                    scale);
        }
    }

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String name() {
        return "outliers";
    }

    @Override
    public String summary() {
        return "robust regression; a loss whose own parameters are trained";
    }

    @Override
    public void run(SampleContext context) throws IOException {
        context.out().println("Points on y = 2x + 1 ± 0.1; every fifth lies 4 to 8 too high.");
        Map<String, Fit> fits = fits();
        fits.forEach((name, fit) ->
                context.out().printf(Locale.ROOT, "  %-16s y = %.2f x + %.2f%n", name, fit.slope(), fit.intercept()));
        Fit robust = fits.get("general robust");
        if (robust != null) {
            context.out()
                    .printf(Locale.ROOT, "  its shape became %.2f, its scale %.3f%n", robust.shape(), robust.scale());
        }
        Path picture = context.folder().resolve("outliers.png");
        ChartFile.write(picture, List.of(chart(fits)));
        context.out().println("drawn in " + picture);
    }

    /** The three lines, by the names of their losses. */
    Map<String, Fit> fits() {
        Map<String, Fit> fits = new LinkedHashMap<>();
        try (Sequential model = line()) {
            model.compile(Adam.of(0.05), new HalfSquareLoss());
            model.fit(points, FitOptions.epochs(60));
            fits.put("least squares", Fit.of(model, 2, 1));
        }
        try (Sequential model = line()) {
            model.compile(Adam.of(0.02), new BentSquareLoss(0.3f));
            model.fit(points, FitOptions.epochs(100));
            fits.put("Huber", Fit.of(model, 1, 0.3f));
        }
        fits.put("general robust", robust());
        return fits;
    }

    /**
     * Fits with the robust loss. Every step uses all points, because this loss is over the batch; its shape and scale
     * are trained with the line.
     */
    private Fit robust() {
        try (Sequential model = line()) {
            model.compile(Adam.of(0.02), new GeneralRobustNegativeLogLikelihoodLoss(1, 1));
            model.fit(points, FitOptions.epochs(1500).withBatchSize(POINTS));
            Scores scores = model.evaluate(points, POINTS).scores();
            return Fit.of(model, trained(scores, "alpha"), trained(scores, "scale"));
        }
    }

    private static float trained(Scores scores, String hyperparameter) {
        return (float) scores.hyperparameter("generalRobustNegativeLogLikelihood." + hyperparameter);
    }

    private static Sequential line() {
        return Sequential.builder().input(1).add(Dense.of(1)).seed(1).build();
    }

    private static Dataset points(Random random) {
        Tensor x = Tensor.zeros(POINTS, 1);
        Tensor y = Tensor.zeros(POINTS, 1);
        for (int i = 0; i < POINTS; i++) {
            x.array()[i] = 2 * random.nextFloat() - 1;
            float offset = i % 5 == 0 ? 4 + 4 * random.nextFloat() : 0.1f * (float) random.nextGaussian();
            y.array()[i] = 2 * x.array()[i] + 1 + offset;
        }
        return Dataset.of(x, y);
    }

    private XYChart chart(Map<String, Fit> fits) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Regression with outliers")
                .xAxisTitle("x")
                .yAxisTitle("y")
                .build();
        ChartFile.style(chart.getStyler());
        chart.getStyler().setMarkerSize(5);
        XYSeries cloud = chart.addSeries("points", points.inputs().array(), ((Tensor) points.targets()).array());
        cloud.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        // Light enough that the lines are visible on it.
        cloud.setMarkerColor(new Color(0xa3, 0xad, 0xbb, 0x99));
        float[] ends = {-1, 1};
        fits.forEach((name, fit) -> {
            float[] y = {fit.intercept() - fit.slope(), fit.intercept() + fit.slope()};
            XYSeries line = chart.addSeries(name, ends, y);
            line.setMarker(SeriesMarkers.NONE);
            // Dashes for the last line, which would hide the line before it.
            line.setLineStyle(name.equals("general robust") ? DASHED : SOLID);
        });
        return chart;
    }
}
