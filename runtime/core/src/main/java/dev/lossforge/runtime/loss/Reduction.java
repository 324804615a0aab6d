package dev.lossforge.runtime.loss;

/** How the losses of samples become one number. */
public enum Reduction {
    /** They do not: one value per sample. */
    NONE,
    /** Their sum. */
    SUM,
    /** Their sum divided by the number of samples. */
    MEAN
}
