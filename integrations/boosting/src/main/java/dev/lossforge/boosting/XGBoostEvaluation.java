package dev.lossforge.boosting;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.IdentityHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IEvaluation;

/**
 * A loss as an evaluation metric of XGBoost; smaller values are better. {@code XGBoost.train} prints it for the watched
 * matrices and uses it for early stopping. It is the weighted mean over rows or groups.
 *
 * <p>XGBoost evaluates predictions. Without the parameter {@code objective}, these are the raw scores that losses for
 * {@link XGBoostObjective} take.
 */
public final class XGBoostEvaluation implements IEvaluation {
    @Serial
    private static final long serialVersionUID = 1;

    private final ScoreLoss loss;

    private final transient Map<DMatrix, Map<String, float[]>> targets;

    private XGBoostEvaluation(ScoreLoss loss, Map<DMatrix, Map<String, float[]>> targets) {
        this.loss = loss;
        this.targets = targets;
    }

    /**
     * A metric for the loss used in training, or for another one.
     *
     * @throws dev.lossforge.runtime.ConfigurationException if no booster can use the loss
     */
    public static XGBoostEvaluation of(ScoreLoss loss) {
        return new XGBoostEvaluation(loss.checked(), new IdentityHashMap<>());
    }

    /** The same metric with the values of a further target, for the rows of one of the watched matrices. */
    public XGBoostEvaluation withTarget(DMatrix data, String name, float[] values) {
        Map<DMatrix, Map<String, float[]>> more = new IdentityHashMap<>(targets);
        more.put(data, XGBoostRows.with(targets.getOrDefault(data, Map.of()), name, values));
        return new XGBoostEvaluation(loss, more);
    }

    @Override
    public String getMetric() {
        return loss.loss().name();
    }

    @Override
    public float eval(float[][] scores, DMatrix data) {
        return (float)
                loss.value(XGBoostRows.flat(scores), XGBoostRows.of(loss, data, targets.getOrDefault(data, Map.of())));
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        if (!targets.isEmpty()) {
            throw new NotSerializableException("The evaluation has targets as arrays of this machine's rows, which"
                    + " cannot be sent or saved; use a loss of the label alone.");
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
