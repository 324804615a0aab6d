package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses that teach a language model which of two answers is preferred, per pair: {@code chosen} and {@code rejected}
 * are the model's log-probabilities of the two answers, {@code referenceChosen} and {@code referenceRejected} those of
 * a fixed reference model.
 */
public final class PreferenceLosses {

    private PreferenceLosses() {}

    /**
     * {@code −log σ(β h)} with {@code h = (chosen − referenceChosen) − (rejected − referenceRejected)}. Nats.
     *
     * <p>R. Rafailov et al., "Direct Preference Optimization", NeurIPS 2023, eq. 7.
     */
    @Loss
    static float directPreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Target float referenceChosen,
            @Target float referenceRejected,
            @Param(defaultValue = 0.1, min = 0) float beta) {
        return softplus(-beta * ((chosen - referenceChosen) - (rejected - referenceRejected)));
    }

    /**
     * {@code (h − 1 / (2 β))²} with h as in {@link #directPreference}: does not run away when preferences are certain.
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
     * {@code −log σ(β (chosen − rejected) − γ)}, where the log-probabilities are means over the answer's tokens; needs
     * no reference model. Nats.
     *
     * <p>Y. Meng et al., "SimPO", NeurIPS 2024, eq. 6.
     */
    @Loss
    static float simplePreference(
            @Prediction float chosen,
            @Prediction float rejected,
            @Param(defaultValue = 2, min = 0) float beta,
            @Param(defaultValue = 1) float gamma) {
        return softplus(gamma - beta * (chosen - rejected));
    }
}
