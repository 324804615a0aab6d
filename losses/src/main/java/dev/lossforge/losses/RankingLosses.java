package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses on the order of scores: of two things per element, or of the items of a list, a row of scores per sample with
 * a row of their relevance (the more, the higher it should rank).
 */
public final class RankingLosses {

    private RankingLosses() {}

    /**
     * {@code max(0, margin − y (a − b))}: y = 1 if a should be above b, −1 if below. Per element. Gradient 0 at the
     * kink.
     */
    @Loss
    static float marginRanking(
            @Prediction float a,
            @Prediction float b,
            @Target(min = -1, max = 1) float y,
            @Param(defaultValue = 0, min = 0) float margin) {
        return max(0f, margin - y * (a - b));
    }

    /**
     * {@code Σ log(1 + e^(sⱼ − sᵢ))} over all pairs of a row with {@code yᵢ > yⱼ} (RankNet). Nats.
     *
     * <p>C. Burges et al., "Learning to Rank using Gradient Descent", ICML 2005, eq. 3.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float pairwiseLogistic(@Prediction float[] scores, @Target float[] relevance) {
        return sum(
                scores.length,
                i -> sum(scores.length, j -> relevance[i] > relevance[j] ? softplus(scores[j] - scores[i]) : 0f));
    }

    /**
     * {@code Σ max(0, margin − (sᵢ − sⱼ))} over all pairs of a row with {@code yᵢ > yⱼ}: the ranking support vector
     * machine. Gradient 0 at the kink.
     *
     * <p>T. Joachims, "Optimizing Search Engines using Clickthrough Data", KDD 2002.
     */
    @Loss
    static float pairwiseHinge(
            @Prediction float[] scores, @Target float[] relevance, @Param(defaultValue = 1, min = 0) float margin) {
        return sum(
                scores.length,
                i -> sum(
                        scores.length,
                        j -> relevance[i] > relevance[j] ? max(0f, margin - (scores[i] - scores[j])) : 0f));
    }

    /**
     * {@code −Σ yᵢ log softmax(s)ᵢ} over the items of a list (list-wise softmax, ListNet). Nats. The relevance is taken
     * as it is, as in optax; normalise it to sum 1 for ListNet's cross-entropy of distributions.
     *
     * <p>Z. Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", ICML 2007.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float listwiseSoftmax(@Prediction float[] scores, @Target(min = 0) float[] relevance) {
        float normalizer = logSumExp(scores);
        return sum(scores.length, i -> CrossEntropyLosses.weighted(relevance[i], normalizer - scores[i]));
    }

    /**
     * {@code Σ (log Σ e^sⱼ − sᵢ)}, the inner sum over i and all that rank below it by relevance: the negative
     * log-likelihood of the true order in the Plackett–Luce model (ListMLE). Nats. Items of equal relevance are taken
     * in the order of the row.
     *
     * <p>F. Xia et al., "Listwise Approach to Learning to Rank: Theory and Algorithm", ICML 2008, eq. 9.
     */
    @Loss
    @SuppressWarnings("FormulaDevice") // a row cannot be sorted on a device yet
    static float listMle(@Prediction float[] scores, @Target float[] relevance) {
        int[] order = argSort(relevance.length, i -> -relevance[i]);
        int last = scores.length - 1;
        return sum(
                scores.length,
                k -> logSumExp(k + 1, j -> scores[order[last - j]]) - scores[order[last - k]]); // from the bottom up
    }
}
