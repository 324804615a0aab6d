package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInput;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.loss.Scope;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loss of the scores of rows against one label per row: per element for one score per row, per sample for several,
 * such as one for each class.
 */
final class ScoreLoss {
    private final LossFunction loss;
    private final float minCurvature;
    private final String scores;
    private final LossInput label;

    private ScoreLoss(LossFunction loss, float minCurvature) {
        this.loss = loss;
        this.minCurvature = minCurvature;
        this.scores = only(loss.signature(), LossInput.Role.PREDICTION).name();
        this.label = only(loss.signature(), LossInput.Role.TARGET);
    }

    /**
     * The derivatives of the sum over the rows.
     *
     * @param gradients {@code [rows, scores]}, in rows
     * @param curvatures the same for the second derivatives, none below the least
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Derivatives(float[] gradients, float[] curvatures) {}

    /**
     * @param minCurvature above 0; curvatures below it are raised to it
     * @throws ConfigurationException if no booster can use the loss
     */
    static ScoreLoss of(LossFunction loss, double minCurvature) {
        LossSignature signature = loss.signature();
        if (!signature.hessian()) {
            throw new ConfigurationException("Boosting needs second derivatives, but the loss " + signature
                    + " has none; declare it with @Loss(hessian = Hessian.DIAGONAL).");
        }
        if (signature.scope() == Scope.BATCH) {
            throw new ConfigurationException(
                    "Boosting needs a loss per row, but the loss " + signature + " is one over the whole batch.");
        }
        if (!(minCurvature > 0) || !(minCurvature <= Float.MAX_VALUE)) {
            throw new ConfigurationException(
                    "The least curvature is a finite number above 0, but " + minCurvature + " is given.");
        }
        ScoreLoss scoreLoss = new ScoreLoss(loss, (float) minCurvature);
        if (scoreLoss.label.rank() != 0) {
            throw new ConfigurationException("Boosting has one label per row, but the loss " + signature
                    + " takes a row" + " of values as its target '" + scoreLoss.label.name() + "'.");
        }
        return scoreLoss;
    }

    private static LossInput only(LossSignature signature, LossInput.Role role) {
        List<LossInput> inputs = signature.inputs().stream()
                .filter(input -> input.role() == role)
                .toList();
        if (inputs.size() != 1) {
            throw new ConfigurationException("Boosting takes a loss of one prediction, the score, and one target, the"
                    + " label, but the loss " + signature + " has " + inputs.size() + " of one kind.");
        }
        return inputs.getFirst();
    }

    /**
     * @param values {@code [rows, scores]}, in rows
     * @param weights of the rows; null or empty if all count alike
     */
    Derivatives at(float[] values, float[] labels, float @Nullable [] weights) {
        int rows = labels.length;
        LossInputs inputs = LossInputs.named(scores, Tensor.over(values, rows, values.length / rows))
                .and(label.name(), targets(labels));
        if (weights != null && weights.length > 0) {
            inputs = inputs.withWeights(Tensor.over(weights, rows));
        }
        LossResult result = loss.valueAndGradients(inputs, Reduction.SUM);
        float[] curvatures = result.hessians().values().iterator().next().array();
        for (int i = 0; i < curvatures.length; i++) {
            // Math.max keeps NaN, so that it is not taken for a flat loss.
            curvatures[i] = Math.max(curvatures[i], minCurvature);
        }
        return new Derivatives(result.gradient().array(), curvatures);
    }

    private Data targets(float[] labels) {
        if (label.type() == LossInput.Type.INT) {
            return IntTensor.over(classes(labels), labels.length);
        }
        return loss.signature().scope() == Scope.ELEMENT
                ? Tensor.over(labels, labels.length, 1)
                : Tensor.over(labels, labels.length);
    }

    private static int[] classes(float[] labels) {
        int[] classes = new int[labels.length];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = (int) labels[row];
            if (classes[row] != labels[row]) {
                throw new DataException("The label of row " + row + " is " + labels[row]
                        + ", but the loss takes whole numbers; give class indices.");
            }
        }
        return classes;
    }

    @Override
    public String toString() {
        return loss.description();
    }
}
