package dev.lossforge.dsl;

/** What one evaluation of a loss's formula covers. */
public enum Scope {
    /**
     * The scope follows from the rank of the predictions: one element, one sample that is a row, or the whole batch.
     */
    BY_RANK,
    /**
     * One sample, whose predictions are a row, {@code float[]}, or a matrix, {@code float[][]}, such as an image or
     * class scores over time.
     */
    SAMPLE
}
