package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.LossFunction;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the constant scores that minimize the loss. Newton's method adjusts one score after the other, between two
 * points where the slope points inwards. It ends when the loss no longer falls.
 */
final class StartingScores {
    private static final double TOLERANCE = 1e-7;
    private static final double FARTHEST = 1e30;
    private static final int SWEEPS = 30;

    /**
     * Minimum relative decrease of the loss in a sweep. At a kink, no single score may be able to move, so the loss
     * decides when the search ends.
     */
    private static final double MIN_GAIN = 1e-9;

    private final ScoreLoss loss;
    private final BoostingRows rows;

    StartingScores(ScoreLoss loss, BoostingRows rows) {
        this.loss = loss;
        this.rows = rows;
    }

    /** The first two derivatives along one score; the second is 0 if the loss has none. */
    private record Slope(double gradient, double hessian) {}

    /** @throws ConfigurationException if the loss has no minimum */
    float[] minimizing(int count) {
        double[] scores = start(count);
        double before = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < (count == 1 ? 1 : SWEEPS); sweep++) {
            for (int j = 0; j < count; j++) {
                scores[j] = minimizingAlong(scores, j);
            }
            double value = loss.value(everywhere(scores), rows);
            if (before - value <= MIN_GAIN * Math.abs(value)) {
                break;
            }
            before = value;
        }
        float[] result = new float[count];
        for (int j = 0; j < count; j++) {
            result[j] = (float) scores[j];
        }
        return result;
    }

    /**
     * Initial scores: 0 if the loss is finite there, otherwise a number above 0, as losses of rates and probabilities
     * need.
     */
    private double[] start(int count) {
        for (double place : List.of(0.0, 0.5, 1.0, mean(rows.labels()))) {
            double[] scores = new double[count];
            Arrays.fill(scores, place);
            Slope slope = slope(scores, 0);
            if (Double.isFinite(slope.gradient()) && Double.isFinite(slope.hessian())) {
                return scores;
            }
        }
        throw new ConfigurationException("The loss " + signature()
                + " is finite neither at the score 0, nor at 0.5, 1, or the mean label; give a starting score.");
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private double minimizingAlong(double[] scores, int j) {
        double low = scores[j];
        Slope slope = slope(scores, j);
        if (slope.gradient() == 0) {
            return low;
        }
        double direction = -Math.signum(slope.gradient());
        double inside = low;
        double step = newton(slope);
        double outside = inside;
        Slope there = slope;
        while (there.gradient() * direction < 0) {
            inside = outside;
            slope = there;
            outside = inside + direction * step;
            if (Math.abs(outside) > FARTHEST) {
                throw new ConfigurationException("The loss " + signature()
                        + " has no minimum, because it still falls at a score of " + outside
                        + "; give a starting score.");
            }
            there = slope(scores, j, outside);
            step *= 2;
            while (!Double.isFinite(there.gradient()) && step > TOLERANCE) {
                step /= 4;
                outside = inside + direction * step;
                there = slope(scores, j, outside);
            }
        }
        return there.gradient() == 0 ? outside : between(scores, j, inside, slope, outside);
    }

    private static double newton(Slope slope) {
        double step = Math.abs(slope.gradient() / slope.hessian());
        return Double.isFinite(step) && slope.hessian() > 0 ? Math.max(step, TOLERANCE) : 1;
    }

    /** Finds the minimum between two points whose slopes point towards each other. */
    private double between(double[] scores, int j, double inside, Slope atInside, double outside) {
        double near = inside;
        double far = outside;
        double place = near;
        Slope slope = atInside;
        double direction = Math.signum(outside - inside);
        while (Math.abs(far - near) > TOLERANCE * Math.max(1, Math.abs(near))) {
            double next = slope.hessian() > 0 ? place - slope.gradient() / slope.hessian() : Double.NaN;
            boolean within = (next - near) * direction > 0 && (far - next) * direction > 0;
            double previous = place;
            place = within ? next : near + (far - near) / 2;
            slope = slope(scores, j, place);
            if (slope.gradient() == 0
                    || within && Math.abs(place - previous) <= TOLERANCE * Math.max(1, Math.abs(place))) {
                return place;
            }
            if (slope.gradient() * direction < 0) {
                near = place;
            } else {
                far = place;
            }
        }
        return far;
    }

    private Slope slope(double[] scores, int j, double place) {
        double[] moved = scores.clone();
        moved[j] = place;
        return slope(moved, j);
    }

    private Slope slope(double[] scores, int j) {
        float[] all = everywhere(scores);
        RowEvaluation.Derivatives derivatives =
                RowEvaluation.of(loss, rows, all).derivatives();
        float[] gradients = derivatives.gradients();
        float[] hessians = derivatives.hessians().orElseGet(() -> new float[all.length]);
        double gradient = 0;
        double hessian = 0;
        for (int i = j; i < all.length; i += scores.length) {
            gradient += gradients[i];
            hessian += hessians[i];
        }
        return new Slope(gradient, hessian);
    }

    private float[] everywhere(double[] scores) {
        float[] all = new float[rows.count() * scores.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) scores[i % scores.length];
        }
        return all;
    }

    private LossFunction function() {
        return loss.loss();
    }

    private Object signature() {
        return function().signature();
    }
}
