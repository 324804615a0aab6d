package dev.lossforge.boosting;

import static dev.lossforge.dsl.Formulas.LOG_2;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logDiffExp;
import static dev.lossforge.dsl.Formulas.logNormalCdf;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses that only boosting with groups, further targets or several scores can use. */
final class TestFormulas {
    private TestFormulas() {}

    /** Accelerated failure times: the logarithm of a time is normal, and known to lie between two bounds. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float failureTime(
            @Prediction float score, @Target float lower, @Target float upper, @Param(min = 1e-3) float scale) {
        float low = (lower - score) / scale;
        float high = (upper - score) / scale;
        float atHigh = logNormalCdf(high);
        return lower == upper
                ? 0.5f * square(low)
                : upper == Float.POSITIVE_INFINITY
                        ? -logNormalCdf(-low)
                        : lower == Float.NEGATIVE_INFINITY
                                ? -atHigh
                                : -logDiffExp(atHigh, min(atHigh, logNormalCdf(low)));
    }

    /** A normal amount of which one sees 0 where it is below 0 (Tobit). */
    @Loss(hessian = Hessian.DIAGONAL)
    static float tobit(@Prediction float score, @Target float y) {
        return y > 0f ? 0.5f * square(y - score) : -logNormalCdf(-score);
    }

    /** Counts over exposures: the rate is e to the score. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float rate(@Prediction float score, @Target float count, @Target float logExposure) {
        return exp(score + logExposure) - count * (score + logExposure);
    }

    /** The partial likelihood of proportional hazards, ties as Breslow has them. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float proportionalHazards(@Prediction float[][] score, @Target float[] time, @Target int[] event) {
        return sum(
                score.length,
                i -> event[i] == 1
                        ? logSumExp(score.length, j -> time[j] >= time[i] ? score[j][0] : Float.NEGATIVE_INFINITY)
                                - score[i][0]
                        : 0f);
    }

    /** One less the gain of a list, discounted by ranks that are sums of sigmoids. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float approximateGain(@Prediction float[] score, @Target float[] relevance, @Param(min = 1e-3) float width) {
        return -sum(score.length, i -> {
            float rank = 0.5f + sum(score.length, j -> sigmoid((score[j] - score[i]) / width));
            return relevance[i] * LOG_2 / log1p(rank);
        });
    }

    /** Pairs in wrong order, by how much the relevance differs and how sure the order was, which is held fast. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float lambdaPairs(@Prediction float[][] score, @Target float[] relevance) {
        return sum(
                score.length,
                i -> sum(
                        score.length,
                        j -> relevance[i] > relevance[j]
                                ? (relevance[i] - relevance[j])
                                        * stopGradient(sigmoid(score[j][0] - score[i][0]))
                                        * softplus(score[j][0] - score[i][0])
                                : 0f));
    }

    /** Quantiles that cannot cross: each is the one before and more. Smooth, so that it has a Hessian. */
    @Loss(hessian = Hessian.DIAGONAL)
    static float quantiles(@Prediction float[] scores, @Target float y, @Param float[] levels) {
        return sum(levels.length, k -> {
            float quantile = scores[0] + sum(k, j -> softplus(scores[j + 1]));
            float error = y - quantile;
            return max(levels[k] * error, (levels[k] - 1f) * error);
        });
    }
}
