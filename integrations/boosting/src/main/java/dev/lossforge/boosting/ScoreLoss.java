package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.form.LossForm;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossSignature;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A loss of the scores of a booster's trees, with its curvature. All boosters' objectives and evaluation metrics are
 * built from it.
 *
 * <p>The scores of a row are assigned to the predictions of the loss in order: one to a {@code float}, all others to a
 * {@code float[]}. A loss over the batch sees all rows together. {@link #perGroup} applies it, or a loss over a row of
 * scores, to each query group instead.
 *
 * <p>It is serialized as the name of the loss's class and its hyperparameters.
 */
public final class ScoreLoss implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The minimum curvature of XGBoost's own objectives. */
    private static final double MIN_CURVATURE = 1e-16;

    private final transient LossFunction loss;
    private final Curvature curvature;
    private final float leastCurvature;
    private final float curvatureFactor;
    private final boolean byGroup;
    private final @Nullable FisherInformation fisher;

    private ScoreLoss(
            LossFunction loss,
            Curvature curvature,
            float leastCurvature,
            float curvatureFactor,
            boolean byGroup,
            @Nullable FisherInformation fisher) {
        this.loss = loss;
        this.curvature = curvature;
        this.leastCurvature = leastCurvature;
        this.curvatureFactor = curvatureFactor;
        this.byGroup = byGroup;
        this.fisher = fisher;
    }

    /**
     * A loss with the Hessian's diagonal as curvature.
     *
     * @throws ConfigurationException if the loss has no second derivatives
     */
    public static ScoreLoss of(LossFunction loss) {
        return of(loss, Curvature.HESSIAN);
    }

    /**
     * A loss with this curvature.
     *
     * @throws ConfigurationException if the loss does not have it
     */
    public static ScoreLoss of(LossFunction loss, Curvature curvature) {
        LossSignature signature = loss.signature();
        if (curvature.ofHessian() && !signature.hessian()) {
            throw new ConfigurationException("The curvature " + curvature + " needs second derivatives, but the loss "
                    + signature + " has none; declare it with @Loss(hessian = Hessian.DIAGONAL), or choose another"
                    + " curvature.");
        }
        if (curvature == Curvature.GAUSS_NEWTON) {
            Residuals.require(loss);
        }
        return new ScoreLoss(loss, curvature, (float) MIN_CURVATURE, 1, false, null);
    }

    /** @throws ConfigurationException if the scores of rows, or of groups, cannot be assigned to the predictions */
    ScoreLoss checked() {
        ScoreColumns.require(loss.signature(), byGroup);
        return this;
    }

    /**
     * The same with a minimum curvature for a row of weight 1; 1e-16 by default. Without a minimum, steps would be huge
     * where the loss is almost linear, and would go uphill where it is concave.
     *
     * @throws ConfigurationException if it is not a finite number above 0
     */
    public ScoreLoss withMinCurvature(double minCurvature) {
        requirePositive(minCurvature, "minimum curvature");
        return new ScoreLoss(loss, curvature, (float) minCurvature, curvatureFactor, byGroup, fisher);
    }

    /**
     * The same with curvatures multiplied by a factor, before the minimum applies. A factor above 1 shortens steps. For
     * the Poisson loss, XGBoost's and LightGBM's own objectives have {@code e^0.7}. For the softmax, XGBoost's has 2,
     * and LightGBM's has K / (K − 1) with K classes.
     *
     * @throws ConfigurationException if it is not a finite number above 0
     */
    public ScoreLoss withCurvatureFactor(double factor) {
        requirePositive(factor, "factor of curvatures");
        return new ScoreLoss(loss, curvature, leastCurvature, (float) factor, byGroup, fisher);
    }

    private static void requirePositive(double value, String what) {
        if (!(value > 0) || !(value <= Float.MAX_VALUE)) {
            throw new ConfigurationException(
                    "The " + what + " is a finite number above 0, but " + value + " is given.");
        }
    }

    /**
     * The same with this Fisher information as curvature. It must belong to the distribution whose negative
     * log-likelihood the loss is.
     */
    public ScoreLoss withFisher(FisherInformation information) {
        return new ScoreLoss(loss, Curvature.FISHER, leastCurvature, curvatureFactor, byGroup, information);
    }

    /**
     * The same for each query group: a loss over the batch sees the rows of a group, a loss over a row of scores sees
     * the scores of a group. Weights then belong to the groups.
     *
     * @throws ConfigurationException if the loss is one per element
     */
    public ScoreLoss perGroup() {
        return new ScoreLoss(loss, curvature, leastCurvature, curvatureFactor, true, fisher).checked();
    }

    /**
     * The derivatives of the sum over the rows, or the groups.
     *
     * @param scores {@code [rows, scores]}, row by row
     */
    Derivatives at(float[] scores, BoostingRows rows) {
        RowEvaluation evaluation = RowEvaluation.of(this, rows, scores);
        RowEvaluation.Derivatives derivatives = evaluation.derivatives();
        float[] weights = evaluation.rowWeights();
        float[] curvatures = new Curvatures(this, rows, scores).of(derivatives, weights);
        int columns = curvatures.length / rows.count();
        ParallelRows.run(curvatures.length, (from, to) -> raise(curvatures, weights, columns, from, to));
        return new Derivatives(derivatives.gradients(), curvatures);
    }

    /** Raises curvatures to the minimum. Math.max keeps NaN, so that NaN is not mistaken for a flat loss. */
    private void raise(float[] curvatures, float[] weights, int columns, int from, int to) {
        for (int i = from; i < to && weights.length == 0; i++) {
            curvatures[i] = Math.max(curvatures[i] * curvatureFactor, leastCurvature);
        }
        for (int i = from; i < to && weights.length > 0; i++) {
            curvatures[i] = Math.max(curvatures[i] * curvatureFactor, leastCurvature * weights[i / columns]);
        }
    }

    /**
     * @param gradients {@code [rows, scores]}, row by row
     * @param curvatures likewise, none below the minimum
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Derivatives(float[] gradients, float[] curvatures) {}

    /**
     * The loss of these scores: the weighted mean over rows or over groups; a loss over the batch is unchanged.
     *
     * @param scores {@code [rows, scores]}, row by row
     */
    public double value(float[] scores, BoostingRows rows) {
        return RowEvaluation.of(this, rows, scores).value();
    }

    /**
     * The scores, the same for all rows, that minimize the loss: the best start for boosting. They are found one by one
     * by Newton's method within bounds. If the loss does not change when all scores do, the first one is kept.
     *
     * @param scores the number of scores of a row
     * @throws ConfigurationException if there are none, because the loss falls without limit
     */
    public float[] startingScores(BoostingRows rows, int scores) {
        return new StartingScores(this, rows).minimizing(scores);
    }

    /**
     * This loss as text, as in {@code dev.lossforge.losses.HuberLoss(0.5) HESSIAN 1.0E-16 1.0 false}: the loss, the
     * curvature with its minimum and its factor, and whether it is per group. {@link #parse} reads it.
     *
     * @throws ConfigurationException if the loss was written by hand, or the Fisher information is given
     */
    public String text() {
        if (fisher != null) {
            throw new ConfigurationException("The loss " + loss.signature()
                    + " has Fisher information given as code, so it cannot be written as text.");
        }
        return LossForm.of(loss).text() + " " + curvature + " " + leastCurvature + " " + curvatureFactor + " "
                + byGroup;
    }

    /**
     * Parses the result of {@link #text}.
     *
     * @throws ConfigurationException if the text is invalid, or the loss's class is not on the class path
     */
    public static ScoreLoss parse(String text) {
        int end = text.lastIndexOf(')') + 1;
        String[] parts = text.substring(end).strip().split(" ", -1);
        if (parts.length != 4) {
            throw new ConfigurationException("'" + text + "' is not a loss with its curvature.");
        }
        try {
            ScoreLoss loss = of(LossForm.parse(text.substring(0, end)).toLoss(), Curvature.valueOf(parts[0]))
                    .withMinCurvature(Float.parseFloat(parts[1]))
                    .withCurvatureFactor(Float.parseFloat(parts[2]));
            return Boolean.parseBoolean(parts[3]) ? loss.perGroup() : loss;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("'" + text + "' is not a loss with its curvature: " + e.getMessage());
        }
    }

    LossFunction loss() {
        return loss;
    }

    Curvature curvature() {
        return curvature;
    }

    boolean byGroup() {
        return byGroup;
    }

    @Nullable
    FisherInformation fisher() {
        return fisher;
    }

    /** The loss's name, hyperparameters, and curvature. */
    @Override
    public String toString() {
        return loss.description() + (byGroup ? " per group" : "") + " curvature=" + curvature;
    }

    @Serial
    private Object writeReplace() {
        return new Form(LossForm.of(loss), curvature, leastCurvature, curvatureFactor, byGroup, fisher);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("A loss is read from its class and hyperparameters.");
    }

    /** The serialized form. */
    private record Form(
            LossForm loss,
            Curvature curvature,
            float leastCurvature,
            float curvatureFactor,
            boolean byGroup,
            @Nullable FisherInformation fisher)
            implements Serializable {

        @Serial
        private Object readResolve() {
            return new ScoreLoss(loss.toLoss(), curvature, leastCurvature, curvatureFactor, byGroup, fisher);
        }
    }
}
