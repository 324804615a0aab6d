package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.LOG_2;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses on the order of scores. Either an element compares two items, or a sample is a list: a row of scores and a row
 * of relevances. Items of higher relevance should rank higher.
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
     * {@code −Σ yᵢ log softmax(s)ᵢ} over the items of a list (list-wise softmax, ListNet). Nats. The relevance is not
     * normalised, as in optax; normalise it to sum 1 for ListNet's cross-entropy of distributions.
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
    @Loss(hessian = Hessian.DIAGONAL)
    static float listMle(@Prediction float[] scores, @Target float[] relevance) {
        int[] order = argSort(relevance.length, i -> -relevance[i]);
        return sum(scores.length, k -> logSumExp(scores.length - k, j -> scores[order[k + j]]) - scores[order[k]]);
    }

    /**
     * {@code 1 − DCG / best DCG} with {@code DCG = Σ (2^yᵢ − 1) / log₂(1 + rᵢ)} of the smooth ranks {@code r = 1 + Σ
     * σ((sⱼ − sᵢ) / τ)}, the sum over the other items: the ranking measure itself, made differentiable. 1 if nothing is
     * relevant.
     *
     * <p>T. Qin, T.-Y. Liu, H. Li, "A general approximation framework for direct optimization of information retrieval
     * measures", Information Retrieval 13 (2010).
     *
     * @param temperature τ; a smaller one approximates the measure better but gives fewer pairs a gradient
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float approxNdcg(
            @Prediction float[] scores,
            @Target(min = 0) float[] relevance,
            @Param(defaultValue = 0.1, min = 1e-6) float temperature) {
        float gained = sum(scores.length, i -> {
            float rank = 0.5f + sum(scores.length, j -> sigmoid((scores[j] - scores[i]) / temperature));
            return gain(relevance[i]) * LOG_2 / log1p(rank);
        });
        return 1f - gained / best(relevance);
    }

    /**
     * {@code Σ |ΔNDCG| log(1 + e^(−σ (sᵢ − sⱼ)))} over all pairs of a row with {@code yᵢ > yⱼ}:
     * {@link #pairwiseLogistic}, each pair weighted by how much swapping the two would change the normalised discounted
     * cumulative gain. The weight is a constant for differentiation. Nats. Equal scores rank in the order of the row.
     *
     * <p>C. Burges, "From RankNet to LambdaRank to LambdaMART: An Overview", 2010, section 4; as a loss X. Wang et al.,
     * "The LambdaLoss Framework for Ranking Metric Optimization", CIKM 2018.
     *
     * @param sigma σ
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float lambdaRank(
            @Prediction float[] scores,
            @Target(min = 0) float[] relevance,
            @Param(defaultValue = 1, min = 0) float sigma) {
        int n = scores.length;
        float[] discount = vector(n, i -> {
            @SuppressWarnings("FormulaEquality") // ties of the scores as they are
            float above = sum(n, j -> scores[j] > scores[i] || (scores[j] == scores[i] && j < i) ? 1f : 0f);
            return LOG_2 / log1p(1f + above);
        });
        float total = sum(
                n,
                i -> sum(n, j -> {
                    float change = (gain(relevance[i]) - gain(relevance[j])) * abs(discount[i] - discount[j]);
                    return relevance[i] > relevance[j] ? change * softplus(-sigma * (scores[i] - scores[j])) : 0f;
                }));
        return total / best(relevance);
    }

    private static float gain(float relevance) {
        return expm1(LOG_2 * relevance);
    }

    /** The discounted cumulative gain of the true order; equally relevant items rank in the order of the row. */
    private static float best(float[] relevance) {
        int n = relevance.length;
        float best = sum(n, i -> {
            float above = sum(n, j -> relevance[j] > relevance[i] || (relevance[j] == relevance[i] && j < i) ? 1f : 0f);
            return gain(relevance[i]) * LOG_2 / log1p(1f + above);
        });
        return max(best, Float.MIN_NORMAL);
    }
}
