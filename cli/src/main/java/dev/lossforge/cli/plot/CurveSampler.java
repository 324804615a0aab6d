package dev.lossforge.cli.plot;

import dev.lossforge.cli.plot.ElementFunction.Samples;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Samples a function of one number densely, and breaks the line of its gradient at jumps. */
final class CurveSampler {
    private static final int POINTS = 801;

    /** A step of the gradient that exceeds this share of its range may be a jump. */
    private static final double SUSPICIOUS = 0.02;

    /** Number of halvings of an interval to distinguish a jump from a steep slope. */
    private static final int HALVINGS = 12;

    private final ElementFunction function;
    private final String prediction;
    private final Map<String, Double> others;

    CurveSampler(ElementFunction function, String prediction, Map<String, Double> others) {
        this.function = function;
        this.prediction = prediction;
        this.others = others;
    }

    Curve sample(String name, int colour, int stroke, SampledValues.Axis axis) {
        List<Double> x = IntStream.range(0, POINTS)
                .mapToObj(i -> axis.from() + (axis.to() - axis.from()) * i / (POINTS - 1))
                .toList();
        Samples samples = function.at(prediction, x, others);
        return new Curve(name, colour, stroke, x, finite(samples.values()), broken(x, finite(samples.gradients())));
    }

    private static List<Double> finite(List<Double> values) {
        return values.stream().map(v -> Double.isFinite(v) ? v : Double.NaN).toList();
    }

    /** The gradients, with NaN in place of the point after each jump. */
    private List<Double> broken(List<Double> x, List<Double> gradients) {
        DoubleSummaryStatistics range = gradients.stream()
                .mapToDouble(g -> g)
                .filter(g -> !Double.isNaN(g))
                .summaryStatistics();
        List<Double> broken = new ArrayList<>(gradients);
        for (int i = 1; i < x.size(); i++) {
            double step = Math.abs(gradients.get(i) - gradients.get(i - 1));
            if (step > SUSPICIOUS * (range.getMax() - range.getMin()) && isJump(x.get(i - 1), x.get(i), step)) {
                broken.set(i, Double.NaN);
            }
        }
        return broken;
    }

    /** Whether the step persists while the interval around it shrinks. */
    private boolean isJump(double from, double to, double step) {
        double left = from;
        double right = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (left + right);
            if (step(left, middle) > step(middle, right)) {
                right = middle;
            } else {
                left = middle;
            }
        }
        return step(left, right) > 0.5 * step;
    }

    private double step(double left, double right) {
        List<Double> gradients =
                function.at(prediction, List.of(left, right), others).gradients();
        return Math.abs(gradients.get(1) - gradients.get(0));
    }
}
