package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;

/** Recognizes losses that depend only on the difference of score and label. */
final class Residuals {
    /** Exactly representable, so that residuals are exact. */
    private static final float[] RESIDUALS = {-4, -0.5f, 0.25f, 2};

    private static final float[] LABELS = {0, 1, 3};

    private Residuals() {}

    /** @throws ConfigurationException if the loss depends on anything else */
    static void require(LossFunction loss) {
        LossSignature signature = loss.signature();
        boolean fits = signature.scope() == Scope.ELEMENT
                && signature.dataInputs().size() == 2
                && ScoreTargets.targets(signature).size() == 1
                && ScoreTargets.targets(signature).getFirst().type() == LossSignature.Input.Type.FLOAT;
        if (fits) {
            float[] first = gradients(loss, LABELS[0]);
            for (float label : LABELS) {
                fits &= alike(gradients(loss, label), first);
            }
        }
        if (!fits) {
            throw new ConfigurationException("The curvature GAUSS_NEWTON needs a loss of the residual, a score less its"
                    + " label, but the loss " + signature + " depends on more; choose another curvature.");
        }
    }

    private static float[] gradients(LossFunction loss, float label) {
        float[] scores = new float[RESIDUALS.length];
        float[] labels = new float[RESIDUALS.length];
        for (int i = 0; i < scores.length; i++) {
            labels[i] = label;
            scores[i] = label + RESIDUALS[i];
        }
        return loss.valueAndGradients(LossInputs.of(Tensor.vector(scores), Tensor.vector(labels)), Reduction.SUM)
                .gradient()
                .array();
    }

    private static boolean alike(float[] gradients, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(gradients[i] - expected[i]) <= 1e-5f * Math.abs(expected[i]))) {
                return false;
            }
        }
        return true;
    }
}
