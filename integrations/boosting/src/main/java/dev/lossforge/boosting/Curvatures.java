package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import java.util.Arrays;
import java.util.Optional;

/** The curvatures of a loss at the scores of all rows, by the choice of {@link Curvature}. */
final class Curvatures {
    /** The tolerated distance of the sum of a row's probabilities from 1. */
    private static final double PROBABILITY_ERROR = 1e-3;

    private final ScoreLoss loss;
    private final BoostingRows rows;
    private final float[] scores;
    private final int columns;

    Curvatures(ScoreLoss loss, BoostingRows rows, float[] scores) {
        this.loss = loss;
        this.rows = rows;
        this.scores = scores;
        this.columns = scores.length / rows.count();
    }

    /**
     * @param derivatives times the weight of the row; may be overwritten
     * @param weights the weights of the rows; empty if all rows count equally
     */
    float[] of(RowEvaluation.Derivatives derivatives, float[] weights) {
        Optional<float[]> hessians = derivatives.hessians();
        return switch (loss.curvature()) {
            case HESSIAN -> hessians.orElseThrow();
            case ABSOLUTE_HESSIAN -> absolute(hessians.orElseThrow());
            case GAUSS_NEWTON -> byResidual(derivatives.gradients(), hessians);
            case FISHER -> times(weights, loss.fisher() == null ? fisherOfClasses() : givenFisher());
            case ONE -> times(weights, ones());
        };
    }

    private static float[] absolute(float[] hessians) {
        for (int i = 0; i < hessians.length; i++) {
            hessians[i] = Math.abs(hessians[i]);
        }
        return hessians;
    }

    /**
     * The gradient divided by the residual. At a residual of 0, it is the quotient's limit: the second derivative, or 0
     * if the loss declares none.
     */
    private float[] byResidual(float[] gradients, Optional<float[]> hessians) {
        float[] labels = rows.targets().isEmpty()
                ? rows.labels()
                : rows.targets().values().iterator().next();
        float[] curvatures = new float[gradients.length];
        for (int i = 0; i < curvatures.length; i++) {
            float residual = scores[i] - labels[i];
            int entry = i;
            curvatures[i] = residual == 0 ? hessians.map(own -> own[entry]).orElse(0f) : gradients[i] / residual;
        }
        return curvatures;
    }

    private float[] ones() {
        float[] ones = new float[scores.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private float[] times(float[] weights, float[] curvatures) {
        for (int i = 0; i < curvatures.length && weights.length > 0; i++) {
            curvatures[i] *= weights[i / columns];
        }
        return curvatures;
    }

    private float[] givenFisher() {
        FisherInformation fisher = loss.fisher();
        float[] curvatures = new float[scores.length];
        for (int row = 0; row < rows.count() && fisher != null; row++) {
            float[] own = fisher.diagonal(Arrays.copyOfRange(scores, row * columns, (row + 1) * columns));
            if (own.length != columns) {
                throw new DataException("The Fisher information of a row has " + own.length
                        + " numbers, but the row has " + columns + " scores.");
            }
            for (int j = 0; j < columns; j++) {
                if (own[j] < 0) {
                    throw new DataException("The Fisher information of row " + (row + 1) + " (index " + row + ") is "
                            + own[j] + " for score " + j + ", but none is negative.");
                }
            }
            System.arraycopy(own, 0, curvatures, row * columns, columns);
        }
        return curvatures;
    }

    /** The expected square of the gradient when the class is drawn with the probability e to the minus loss. */
    private float[] fisherOfClasses() {
        requireOneLabel();
        ScoreLoss unweighted = ScoreLoss.of(loss.loss(), Curvature.ONE);
        float[] curvatures = new float[scores.length];
        double[] probabilities = new double[rows.count()];
        for (int label = 0; label < Math.max(2, columns); label++) {
            float[] labels = new float[rows.count()];
            Arrays.fill(labels, label);
            RowEvaluation evaluation = RowEvaluation.of(unweighted, BoostingRows.of(labels), scores);
            float[] values = evaluation.values();
            float[] gradients = evaluation.derivatives().gradients();
            for (int i = 0; i < gradients.length; i++) {
                double probability = Math.exp(-values[i / columns]);
                probabilities[i / columns] += i % columns == 0 ? probability : 0;
                curvatures[i] += (float) (probability * gradients[i] * gradients[i]);
            }
        }
        for (double sum : probabilities) {
            // A sum of NaN passes this test, so that NaN reaches the curvatures, as everywhere.
            if (Math.abs(sum - 1) > PROBABILITY_ERROR) {
                throw notKnown();
            }
        }
        return curvatures;
    }

    private void requireOneLabel() {
        LossSignature signature = loss.loss().signature();
        boolean fits = !loss.byGroup()
                && ScoreTargets.targets(signature).size() == 1
                && ScoreTargets.targets(signature).getFirst().rank() == 0
                && (signature.scope() == Scope.SAMPLE || signature.scope() == Scope.ELEMENT && columns == 1);
        if (!fits) {
            throw notKnown();
        }
    }

    private ConfigurationException notKnown() {
        return new ConfigurationException(
                "The Fisher information of the loss " + loss.loss().signature()
                        + " is unknown, because it gives no class probabilities; set it by withFisher, or choose"
                        + " another curvature.");
    }
}
