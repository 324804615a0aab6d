package dev.lossforge.runtime.loss;

/**
 * How the losses of the units (elements or samples) become one number. With weights, the loss of each unit is
 * multiplied by its weight first. A loss over the batch is already one number, which no reduction changes.
 */
public enum Reduction {
    /** No reduction: one value per unit. Gradients are those of the sum. */
    NONE,
    /** The sum of the losses. */
    SUM,
    /** The sum divided by the number of units, whatever their weights. Masked and ignored units do not count. */
    MEAN,
    /** The sum divided by the sum of the weights; without weights, the mean. */
    WEIGHTED_MEAN
}
