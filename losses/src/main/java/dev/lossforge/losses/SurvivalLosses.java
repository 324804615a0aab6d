package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses on times until an event. Some times are censored: it is only known that nothing has happened until then. In
 * nats. {@link FailureTimeLosses} has losses for times of a known distribution.
 */
public final class SurvivalLosses {

    private SurvivalLosses() {}

    /**
     * {@code −1/d Σ log(e^hᵢ / Σ e^hⱼ)} over the d samples i with an event, each against all j at risk, which are those
     * with {@code timeⱼ ≥ timeᵢ}: the negative partial log-likelihood of the proportional hazards model. Nats. Equal
     * times are treated as by Breslow: each sample is at risk at the times of the others. 0 if there is no event.
     *
     * <p>The samples are sorted once, by descending time. The samples at risk with a given one are then those up to its
     * position.
     *
     * <p>D. R. Cox, "Regression Models and Life-Tables", Journal of the Royal Statistical Society B 34(2), 1972; N. E.
     * Breslow, "Covariance Analysis of Censored Survival Data", Biometrics 30(1), 1974. As in DeepSurv, the loss sees
     * only the samples of its batch, so use large batches.
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

    /**
     * {@link #coxPartialLikelihood} with equal times treated as by Efron: for the k-th of d events at one time, k = 0 …
     * d − 1, a share k/d of each of these is no longer at risk. It is more accurate if many times are equal. Nats. The
     * work is quadratic in the batch.
     *
     * <p>B. Efron, "The Efficiency of Cox's Likelihood Function for Censored Data", JASA 72 (1977).
     *
     * @param logHazard rows of one: the higher, the sooner
     * @param event 1 if it happened at this time, 0 if the sample is censored
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the log of what is left: not all that tie come before
    static float coxEfron(
            @Prediction float[][] logHazard, @Target(min = 0) float[] time, @Target(min = 0, max = 1) int[] event) {
        int n = time.length;
        float total = sum(n, i -> {
            float before = sum(n, j -> j < i && ties(time, event, i, j) ? 1f : 0f);
            float tied = sum(n, j -> ties(time, event, i, j) ? 1f : 0f);
            float left = 1f - before / max(tied, 1f);
            float risk = logSumExp(
                    n,
                    j -> time[j] < time[i]
                            ? Float.NEGATIVE_INFINITY
                            : logHazard[j][0] + (ties(time, event, i, j) ? log(left) : 0f));
            return event[i] == 1 ? risk - logHazard[i][0] : 0f;
        });
        return total / max(sum(n, i -> event[i]), 1f);
    }

    /** Whether j has its event at the time of i. */
    private static boolean ties(float[] time, int[] event, int i, int j) {
        return event[j] == 1 && time[j] == time[i];
    }

    /**
     * {@code −Σ log(1 − hⱼ) − log h[bin]} for an event in this bin, the sum over the bins before it; {@code −Σ log(1 −
     * hⱼ)} up to and including it for a sample censored there. {@code h = σ(z)} is the hazard of each bin of time: the
     * probability of the event if it has not happened before.
     *
     * <p>M. F. Gensheimer, B. Narasimhan, "A scalable discrete-time survival model for neural networks", PeerJ 7
     * (2019); pycox' LogisticHazard.
     *
     * @param logits {@code [bins]}
     * @param bin the bin of the event, or the last one survived
     * @param event 1 if it happened in this bin, 0 if the sample is censored
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float discreteHazard(@Prediction float[] logits, @Target int bin, @Target(min = 0, max = 1) int event) {
        float survived = sum(logits.length, j -> j < bin ? softplus(logits[j]) : 0f);
        return survived + softplus(event == 1 ? -logits[bin] : logits[bin]);
    }
}
