package dev.lossforge.boosting.spark;

import dev.lossforge.boosting.ScoreLoss;
import dev.lossforge.boosting.XGBoostObjective;
import java.io.Serial;
import java.util.List;
import ml.dmlc.xgboost4j.scala.DMatrix;
import ml.dmlc.xgboost4j.scala.ObjectiveTrait;
import scala.collection.JavaConverters;

/**
 * A loss as the objective of XGBoost on Spark.
 *
 * <pre>{@code
 * XGBoostRegressor regressor = new XGBoostRegressor();
 * regressor.setCustomObj(SparkObjective.of(ScoreLoss.of(new LatenessLoss(3))));
 * regressor.setBaseScore(start);
 * }</pre>
 *
 * <p>It is sent to the executors, and saved with a model, as the text of the loss: its class, hyperparameters and
 * curvature. The jar with the loss must be on the class path of the executors, and of any program that loads the model.
 * Targets other than the label cannot be sent, so the label must be the only target.
 */
public final class SparkObjective implements ObjectiveTrait {
    @Serial
    private static final long serialVersionUID = 1;

    /** The only state. Spark's JSON finds the accessor and the constructor's parameter by this name. */
    private final String loss;

    /**
     * Creates the objective from text; Spark calls this when it loads a saved model.
     *
     * @param loss the result of {@link ScoreLoss#text}
     */
    public SparkObjective(String loss) {
        this.loss = loss;
    }

    /**
     * A loss with its curvature.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if no booster can use the loss, or it has no form as text
     */
    public static SparkObjective of(ScoreLoss loss) {
        SparkObjective objective = new SparkObjective(loss.text());
        objective.objective();
        return objective;
    }

    /** The result of {@link ScoreLoss#text}, which Spark saves. */
    public String loss() {
        return loss;
    }

    /** Creates the objective, which takes microseconds per round. If it were kept, it would be saved too. */
    private XGBoostObjective objective() {
        return XGBoostObjective.of(ScoreLoss.parse(loss));
    }

    @Override
    public List<float[]> getGradient(float[][] scores, ml.dmlc.xgboost4j.java.DMatrix data) {
        return objective().getGradient(scores, data);
    }

    @Override
    public scala.collection.immutable.List<float[]> getGradient(float[][] scores, DMatrix data) {
        return JavaConverters.asScalaBuffer(getGradient(scores, data.jDMatrix()))
                .toList();
    }

    @Override
    public String toString() {
        return loss;
    }
}
