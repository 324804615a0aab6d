package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses on times until an event, of which some are censored: only that nothing has happened until then is known. Over
 * the batch.
 */
public final class SurvivalLosses {

    private SurvivalLosses() {}

    /**
     * {@code −1/d Σ log(e^hᵢ / Σ e^hⱼ)} over the d samples i with an event, each against all j with {@code timeⱼ ≥
     * timeᵢ}, who were at risk: the negative partial log-likelihood of the proportional hazards model. Nats. Equal
     * times are treated after Breslow: each is at risk of the others. Without any event 0.
     *
     * <p>The samples are sorted once, by falling time: those at risk with one are the first ones up to it.
     *
     * <p>D. R. Cox, "Regression Models and Life-Tables", Journal of the Royal Statistical Society B 34(2), 1972; N. E.
     * Breslow, "Covariance Analysis of Censored Survival Data", Biometrics 30(1), 1974. As in DeepSurv, of a batch the
     * loss sees only its own samples, so take large ones.
     *
     * @param logHazard rows of one: the higher, the sooner
     * @param event 1 if it happened at this time, 0 if the sample is censored
     */
    @Loss
    static float coxPartialLikelihood(
            @Prediction float[][] logHazard, @Target(min = 0) float[] time, @Target(min = 0, max = 1) int[] event) {
        int[] order = argSort(time.length, i -> -time[i]);
        float total = sum(order.length, k -> {
            float risk = logSumExp(k + 1, j -> logHazard[order[j]][0]);
            float events = sum(k + 1, j -> event[order[j]]);
            float earlier = max(k, j -> isLastOfItsTime(time, order, j) ? sum(j + 1, l -> event[order[l]]) : 0f);
            float tied = isLastOfItsTime(time, order, k) ? events - max(earlier, 0f) : 0f;
            return (tied > 0f ? tied * risk : 0f) - event[order[k]] * logHazard[order[k]][0];
        });
        return total / max(sum(event.length, i -> event[i]), 1f);
    }

    private static boolean isLastOfItsTime(float[] time, int[] order, int k) {
        return k == order.length - 1 || time[order[k]] != time[order[k + 1]];
    }
}
