package dev.lossforge.runtime.loss;

/**
 * How the losses of the units (elements or samples) become one number. With weights, the loss of each unit is
 * multiplied by its weight first. A loss over the batch is one number already, which every reduction leaves as it is.
 */
public enum Reduction {
    /** They do not: one value per unit. Gradients are those of the sum. */
    NONE,
    /** Their sum. */
    SUM,
    /** Their sum divided by the number of units, of whatever weight; those masked or ignored do not count. */
    MEAN,
    /** Their sum divided by the sum of the weights; the mean where there are none. */
    WEIGHTED_MEAN
}
