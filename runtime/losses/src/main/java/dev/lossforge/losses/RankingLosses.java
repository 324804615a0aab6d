package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses on the order of scores, and on sets of labels. */
public final class RankingLosses {

    private RankingLosses() {}

    /** {@code max(0, margin − y (a − b))}: y = 1 if a should be above b, −1 if below. Per element. */
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
    @Loss
    static float pairwiseLogistic(@Prediction float[] scores, @Target float[] relevance) {
        return sum(
                scores.length,
                i -> sum(scores.length, j -> relevance[i] > relevance[j] ? softplus(scores[j] - scores[i]) : 0f));
    }

    /**
     * {@code −Σ yᵢ log softmax(s)ᵢ} over the items of a list, y their relevance (list-wise softmax, ListNet). Nats.
     *
     * <p>Z. Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", ICML 2007.
     */
    @Loss
    static float listwiseSoftmax(@Prediction float[] scores, @Target(min = 0) float[] relevance) {
        float normalizer = logSumExp(scores);
        return sum(scores.length, i -> relevance[i] * (normalizer - scores[i]));
    }

    /** The mean over the labels of the binary cross-entropy on logits; y is 1 for each label that applies. Nats. */
    @Loss
    static float multilabelSoftMargin(@Prediction float[] logits, @Target(min = 0, max = 1) float[] y) {
        return mean(logits.length, i -> softplus(logits[i]) - y[i] * logits[i]);
    }

    /**
     * {@code Σ max(0, 1 − (sᵢ − sⱼ)) / labels} over all pairs of a label i that applies (y = 1) and one j that does
     * not.
     */
    @Loss
    static float multilabelMargin(@Prediction float[] scores, @Target(min = 0, max = 1) float[] y) {
        return mean(
                scores.length,
                i -> sum(scores.length, j -> y[i] > 0.5f && y[j] <= 0.5f ? max(0f, 1f - (scores[i] - scores[j])) : 0f));
    }
}
