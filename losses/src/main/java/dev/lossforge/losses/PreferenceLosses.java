package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.log1mExp;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses that teach a language model which answers are preferred. For each pair of answers, {@code chosen} and
 * {@code rejected} are the model's log-probabilities of the two. {@code referenceChosen} and {@code referenceRejected}
 * are those of a fixed reference model. {@code h = (chosen − referenceChosen) − (rejected − referenceRejected)} is the
 * lead that the model has learnt. Label smoothing ε assumes that a preference is wrong with probability ε.
 */
public final class PreferenceLosses {

    private PreferenceLosses() {}

    /**
     * {@code −(1 − ε) log σ(β h) − ε log σ(−β h)} (DPO; conservative DPO for ε &gt; 0). Nats.
     *
     * <p>R. Rafailov et al., "Direct Preference Optimization", NeurIPS 2023, eq. 7.
     *
     * @param labelSmoothing ε
     */
    @Loss
    static float directPreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Target float referenceChosen,
            @Target float referenceRejected,
            @Param(defaultValue = 0.1, min = 0) float beta,
            @Param(defaultValue = 0, min = 0, max = 0.5) float labelSmoothing) {
        float lead = (chosen - referenceChosen) - (rejected - referenceRejected);
        return smoothed(beta * lead, labelSmoothing);
    }

    /** {@code −(1 − ε) log σ(m) − ε log σ(−m)}. */
    private static float smoothed(float lead, float labelSmoothing) {
        return softplus(-lead) + labelSmoothing * lead;
    }

    /**
     * {@code (h − 1 / (2 β))²} (IPO): its minimum is finite even if preferences are certain.
     *
     * <p>M. Azar et al., "A General Theoretical Paradigm to Understand Learning from Human Preferences", AISTATS 2024,
     * eq. 17.
     */
    @Loss
    static float identityPreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Target float referenceChosen,
            @Target float referenceRejected,
            @Param(defaultValue = 0.1, min = 1e-6) float beta) {
        return square((chosen - referenceChosen) - (rejected - referenceRejected) - 0.5f / beta);
    }

    /**
     * {@code −(1 − ε) log σ(m) − ε log σ(−m)} with {@code m = β (chosen − rejected) − γ}, where the log-probabilities
     * are means over the answer's tokens. It needs no reference model (SimPO). Nats.
     *
     * <p>Y. Meng et al., "SimPO", NeurIPS 2024, eq. 6.
     *
     * @param gamma γ, the margin that a preferred answer should have, in the unit of β times log-probabilities
     * @param labelSmoothing ε
     */
    @Loss
    static float simplePreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Param(defaultValue = 2, min = 0) float beta,
            @Param(defaultValue = 1) float gamma,
            @Param(defaultValue = 0, min = 0, max = 0.5) float labelSmoothing) {
        return smoothed(beta * (chosen - rejected) - gamma, labelSmoothing);
    }

    /**
     * {@code −chosen − λ log σ(log odds(chosen) − log odds(rejected))} with {@code odds = P / (1 − P)}, where the
     * log-probabilities are means over the answer's tokens, below 0 (ORPO). It combines fine-tuning and preference.
     * Nats. Its parts are {@code preference}, without λ, and {@code logLikelihood}, the mean of {@code chosen}.
     *
     * <p>J. Hong et al., "ORPO: Monolithic Preference Optimization without Reference Model", EMNLP 2024, eq. 6.
     *
     * @param lambda λ, the weight of the preference
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // ∞ − ∞ where both answers are certain
    static float oddsRatioPreference(
            @Prediction(max = 0) float chosen,
            @Prediction(max = 0) float rejected,
            @Param(defaultValue = 0.1, min = 0) float lambda) {
        float lead = (chosen - log1mExp(chosen)) - (rejected - log1mExp(rejected));
        return lambda * part("preference", softplus(-lead)) - part("logLikelihood", chosen);
    }

    /**
     * For single answers that are desirable or not (KTO): {@code weight · (1 − σ(β (r − divergence)))} if
     * {@code desirable = 1}, {@code weight · (1 − σ(β (divergence − r)))} if 0, with {@code r = logp − reference}.
     *
     * <p>K. Ethayarajh et al., "KTO: Model Alignment as Prospect Theoretic Optimization", ICML 2024, eq. 8.
     *
     * @param logp the model's log-probability of the answer
     * @param reference the reference model's log-probability of the answer
     * @param desirable 1 or 0
     * @param divergence an estimate of the divergence of model and reference for this batch, at least 0; a constant
     * @param desirableWeight the weight of desirable answers
     * @param undesirableWeight the weight of the others
     */
    @Loss
    static float kahnemanTversky(
            @Prediction float logp,
            @Target float reference,
            @Target(min = 0, max = 1) float desirable,
            @Target(min = 0) float divergence,
            @Param(defaultValue = 0.1, min = 0) float beta,
            @Param(defaultValue = 1, min = 0) float desirableWeight,
            @Param(defaultValue = 1, min = 0) float undesirableWeight) {
        float gain = beta * (logp - reference - divergence);
        return desirable > 0.5f ? desirableWeight * sigmoid(-gain) : undesirableWeight * sigmoid(gain);
    }

    /**
     * {@code −log σ(β (chosen − rejected)) − λ chosen} (CPO): {@link #directPreference} without a reference model, plus
     * fine-tuning on the chosen answer. Nats. Its parts are {@code preference} and, without λ, {@code logLikelihood},
     * the mean of {@code chosen}.
     *
     * <p>H. Xu et al., "Contrastive Preference Optimization: Pushing the Boundaries of LLM Performance in Machine
     * Translation", ICML 2024, eq. 5.
     *
     * @param lambda λ; the paper has 1
     */
    @Loss
    static float contrastivePreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Param(defaultValue = 0.1, min = 0) float beta,
            @Param(defaultValue = 1, min = 0) float lambda) {
        return part("preference", softplus(-beta * (chosen - rejected))) - lambda * part("logLikelihood", chosen);
    }

    /**
     * {@code −log σ(chosen − rejected − margin) + centering (chosen + rejected)²} for the scores of a reward model
     * (Bradley–Terry): the better answer should score higher, by a margin if it is much better, and scores should be
     * around 0. Nats.
     *
     * <p>R. A. Bradley, M. E. Terry, "Rank Analysis of Incomplete Block Designs", Biometrika 39 (1952); the margin as
     * in H. Touvron et al., "Llama 2", 2023, eq. 2; centering as in TRL.
     *
     * @param margin how much better the chosen answer is; 0 if that is not known
     */
    @Loss
    static float bradleyTerry(
            @Prediction float chosen,
            @Prediction float rejected,
            @Target float margin,
            @Param(defaultValue = 0, min = 0) float centering) {
        return softplus(margin - (chosen - rejected)) + centering * square(chosen + rejected);
    }
}
