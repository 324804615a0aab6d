package dev.lossforge.boosting;

import dev.lossforge.runtime.loss.LossFunction;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;

/**
 * A loss as the objective of XGBoost.
 *
 * <pre>{@code
 * XGBoostObjective objective = XGBoostObjective.of(ScoreLoss.of(new PoissonLogLoss()));
 * parameters.put("base_score", objective.baseScore(data));
 * XGBoost.train(data, parameters, rounds, watches, objective, XGBoostEvaluation.of(objective.loss()));
 * }</pre>
 *
 * <p>Labels, weights and groups come from the matrix; {@link #withTarget} adds further targets. XGBoost estimates a
 * starting score only for its own objectives, so set the parameter {@code base_score}. Predictions are raw scores. With
 * several scores per row, set {@code num_class} to their number. Do not set the parameter {@code objective}.
 *
 * <p>It is serialized without data: as the name of the loss's class, its hyperparameters, and the curvature.
 */
public final class XGBoostObjective implements IObjective {
    @Serial
    private static final long serialVersionUID = 2;

    private final ScoreLoss loss;
    private final transient Map<String, float[]> targets;

    private XGBoostObjective(ScoreLoss loss, Map<String, float[]> targets) {
        this.loss = loss;
        this.targets = targets;
    }

    /** A loss with its Hessian's diagonal as curvature. */
    public static XGBoostObjective of(LossFunction loss) {
        return of(ScoreLoss.of(loss));
    }

    /**
     * A loss with any curvature.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if no booster can use the loss
     */
    public static XGBoostObjective of(ScoreLoss loss) {
        return new XGBoostObjective(loss.checked(), Map.of());
    }

    /**
     * The same objective with the values of a further target, one for each row of the training matrix. They cannot be
     * sent to other machines: serialization refuses an objective that has them.
     *
     * @param name the name in the formula
     */
    public XGBoostObjective withTarget(String name, float[] values) {
        return new XGBoostObjective(loss, XGBoostRows.with(targets, name, values));
    }

    @Override
    public List<float[]> getGradient(float[][] scores, DMatrix data) {
        ScoreLoss.Derivatives derivatives = loss.at(XGBoostRows.flat(scores), XGBoostRows.of(loss, data, targets));
        return List.of(derivatives.gradients(), derivatives.curvatures());
    }

    /** The parameter {@code base_score} for one score per row: {@link ScoreLoss#startingScores}. */
    public String baseScore(DMatrix data) {
        return baseScore(data, 1);
    }

    /** The parameter {@code base_score} for several scores per row. */
    public String baseScore(DMatrix data, int scores) {
        float[] start = loss.startingScores(XGBoostRows.of(loss, data, targets), scores);
        return scores == 1 ? Float.toString(start[0]) : Arrays.toString(start).replace(" ", "");
    }

    /** The loss, for example for its evaluation. */
    public ScoreLoss loss() {
        return loss;
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (!targets.isEmpty()) {
            throw new NotSerializableException(
                    "The objective has the target " + String.join(", ", targets.keySet())
                            + " as an array of this machine's rows, which cannot be sent or saved; use a loss of the label alone.");
        }
        out.defaultWriteObject();
    }

    /** Targets are never serialized. */
    @Serial
    private Object readResolve() {
        return of(loss);
    }

    @Override
    public String toString() {
        return loss.toString();
    }
}
