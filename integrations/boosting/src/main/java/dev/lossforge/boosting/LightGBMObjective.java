package dev.lossforge.boosting;

import dev.lossforge.runtime.loss.LossFunction;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;

/**
 * A loss as the objective of LightGBM: {@link #update} takes the place of {@code LGBMBooster.updateOneIter}. The
 * booster is created with {@code objective=none}; its scores start at 0, and its predictions are raw scores.
 *
 * <p>With several classes, {@code predictForMat} of LightGBM4j 4.3 writes beyond its memory and ends the JVM, and
 * {@code predictForMatSingleRow} has room for one score only: train, save the model, and predict by another binding.
 */
public final class LightGBMObjective {
    /** Only to keep a step finite; LightGBM's own limit is its parameter {@code min_sum_hessian_in_leaf}. */
    private static final double MIN_CURVATURE = 1e-16;

    private final ScoreLoss loss;
    private final float[] labels;
    private final float[] weights;

    private LightGBMObjective(ScoreLoss loss, float[] labels, float[] weights) {
        this.loss = loss;
        this.labels = labels.clone();
        this.weights = weights.clone();
    }

    /**
     * For a booster of data whose rows have these labels.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if the loss has no second derivatives, is one over a batch,
     *     or takes more than one prediction and one label
     */
    public static LightGBMObjective of(LossFunction loss, float[] labels) {
        return new LightGBMObjective(ScoreLoss.of(loss, MIN_CURVATURE), labels, new float[0]);
    }

    /** The same for rows that count by these weights. */
    public LightGBMObjective withWeights(float[] newWeights) {
        return new LightGBMObjective(loss, labels, newWeights);
    }

    /**
     * Grows one more tree, or one for each class.
     *
     * @return whether nothing more could be learned
     */
    public boolean update(LGBMBooster booster) throws LGBMException {
        double[] scores = booster.getPredict(0);
        int outputs = scores.length / labels.length;
        float[] rows = new float[scores.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) scores[byClass(i, outputs)];
        }
        ScoreLoss.Derivatives derivatives = loss.at(rows, labels, weights);
        return booster.updateOneIterCustom(
                byClass(derivatives.gradients(), outputs), byClass(derivatives.curvatures(), outputs));
    }

    private float[] byClass(float[] rows, int outputs) {
        float[] classes = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            classes[byClass(i, outputs)] = rows[i];
        }
        return classes;
    }

    /** LightGBM puts all rows' scores of one class together: {@code [scores, rows]}. */
    private int byClass(int place, int outputs) {
        return place % outputs * labels.length + place / outputs;
    }

    @Override
    public String toString() {
        return loss.toString();
    }
}
