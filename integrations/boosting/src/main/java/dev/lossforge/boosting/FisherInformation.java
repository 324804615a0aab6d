package dev.lossforge.boosting;

import java.io.Serializable;

/**
 * The diagonal of the Fisher information of one row's scores: the expected square of the gradient when labels are drawn
 * from the distribution that the scores describe.
 *
 * <pre>{@code
 * // mean and logarithm of the variance of a normal distribution
 * ScoreLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss(), Curvature.FISHER)
 *         .withFisher(scores -> new float[] {(float) Math.exp(-scores[1]), 0.5f})
 * }</pre>
 */
@FunctionalInterface
public interface FisherInformation extends Serializable {

    /** The diagonal for these scores: one number per score, none negative. */
    float[] diagonal(float[] scores);
}
