package dev.lossforge.boosting;

import dev.lossforge.runtime.loss.LossFunction;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A loss as the objective of XGBoost: {@code XGBoost.train(data, parameters, rounds, watches, XGBoostObjective.of(new
 * LatenessLoss(3)), null)}.
 *
 * <p>Labels and weights are those of the matrix. The parameter {@code base_score} is the score that training starts
 * from, since XGBoost estimates one for its own objectives only; predictions are raw scores.
 */
public final class XGBoostObjective implements IObjective {
    private static final long serialVersionUID = 1;

    /** As XGBoost's own objectives have it. */
    private static final double MIN_CURVATURE = 1e-16;

    private final transient ScoreLoss loss;

    private XGBoostObjective(ScoreLoss loss) {
        this.loss = loss;
    }

    /**
     * With curvatures as they are, but above 0.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if the loss has no second derivatives, is one over a batch,
     *     or takes more than one prediction and one label
     */
    public static XGBoostObjective of(LossFunction loss) {
        return of(loss, MIN_CURVATURE);
    }

    /**
     * With a least curvature: a step of boosting is the gradient over the curvature, so that where a loss is nearly
     * straight, or bent downwards, steps would be long, or lead upwards.
     */
    public static XGBoostObjective of(LossFunction loss, double minCurvature) {
        return new XGBoostObjective(ScoreLoss.of(loss, minCurvature));
    }

    @Override
    public List<float[]> getGradient(float[][] scores, DMatrix data) {
        try {
            ScoreLoss.Derivatives derivatives = loss.at(flat(scores), data.getLabel(), data.getWeight());
            return List.of(derivatives.gradients(), derivatives.curvatures());
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost does not give the labels of its own data.", e);
        }
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(getClass().getName() + ": a loss is not sent to other machines");
    }

    @Override
    public String toString() {
        return loss.toString();
    }
}
