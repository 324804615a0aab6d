package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.clamp;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses of reinforcement learning on actions, or tokens, that an older policy chose. {@code logp} is their
 * log-probability now, {@code old} the log-probability at the time of the choice, and {@code ratio = e^(logp − old)}.
 * The advantage says how much better than expected they were. {@link SequenceLosses} has the losses over a whole
 * episode.
 */
public final class PolicyLosses {

    private PolicyLosses() {}

    /**
     * {@code −min(ratio · A, clamp(ratio, 1 − lower, 1 + upper) · A)} (PPO): the gain stops once the ratio has left the
     * range in the direction that the advantage A favours. At the ends of the range, the gradient is half.
     *
     * <p>J. Schulman et al., "Proximal Policy Optimization Algorithms", 2017, eq. 7; {@code upper} above {@code lower}
     * as in Q. Yu et al., "DAPO", 2025, eq. 10.
     */
    @Loss
    static float proximalPolicy(
            @Prediction float logp,
            @Target float old,
            @Target float advantage,
            @Param(defaultValue = 0.2, min = 0, max = 1) float lower,
            @Param(defaultValue = 0.2, min = 0) float upper) {
        return clipped(logp - old, advantage, lower, upper);
    }

    private static float clipped(float logRatio, float advantage, float lower, float upper) {
        float ratio = exp(logRatio);
        return -min(ratio * advantage, clamp(ratio, 1f - lower, 1f + upper) * advantage);
    }

    /**
     * {@code max((v − r)², (old + clamp(v − old, −range, range) − r)²) / 2}: the squared error of a value v, which
     * should move at most {@code range} away from its old estimate in one round (PPO's value loss).
     *
     * <p>J. Schulman et al., "High-Dimensional Continuous Control Using Generalized Advantage Estimation", ICLR 2016,
     * for the error; the clip as in OpenAI's baselines.
     *
     * @param old the estimate before this round
     * @param returns r, the return that was reached
     */
    @Loss
    static float clippedValue(
            @Prediction float v,
            @Target float old,
            @Target float returns,
            @Param(defaultValue = 0.2, min = 0) float range) {
        return 0.5f * max(square(v - returns), square(old + clamp(v - old, -range, range) - returns));
    }

    /**
     * {@code −1/length Σ min(ratioₜ A, clamp(ratioₜ, 1 − lower, 1 + upper) A) − β (e^d − d − 1)} over the tokens of an
     * answer, {@code d = reference − logp}: {@link #proximalPolicy} of each token, with one advantage for the whole
     * answer: its reward relative to those of the other answers to the same question. A penalty keeps the model near a
     * reference model (GRPO). Tokens from {@code length} on are padding.
     *
     * <p>Z. Shao et al., "DeepSeekMath", 2024, eq. 3 and 4.
     *
     * @param advantage A
     * @param length how many tokens count
     */
    @Loss
    static float groupRelativePolicy(
            @Prediction float[] logp,
            @Target float[] old,
            @Target float[] reference,
            @Target float advantage,
            @Target(min = 0) int length,
            @Param(defaultValue = 0.2, min = 0, max = 1) float lower,
            @Param(defaultValue = 0.2, min = 0) float upper,
            @Param(defaultValue = 0.04, min = 0) float beta) {
        float total = sum(logp.length, t -> {
            float d = reference[t] - logp[t];
            return t < length ? clipped(logp[t] - old[t], advantage, lower, upper) + beta * (expm1(d) - d) : 0f;
        });
        return total / max(length, 1);
    }

    /**
     * {@code Σᵢ meanⱼ |τᵢ − [yⱼ < pᵢ]| huber(yⱼ − pᵢ) / κ} with {@code τᵢ = (i + ½) / N}: the returns of an action as N
     * quantiles, against a sample of the observed returns (QR-DQN). It is {@link QuantileLosses#quantileHuber} over all
     * pairs.
     *
     * <p>W. Dabney et al., "Distributional Reinforcement Learning with Quantile Regression", AAAI 2018, algorithm 1;
     * divided by κ as in their "Implicit Quantile Networks", ICML 2018.
     *
     * @param p {@code [N]}, in any order that training gives them
     * @param y {@code [sample]}
     * @param kappa κ
     */
    @Loss
    static float distributionalQuantile(
            @Prediction float[] p, @Target float[] y, @Param(defaultValue = 1, min = 1e-15) float kappa) {
        return sum(
                p.length,
                i -> mean(y.length, j -> QuantileLosses.quantileHuberOf(y[j] - p[i], (i + 0.5f) / p.length, kappa)));
    }
}
