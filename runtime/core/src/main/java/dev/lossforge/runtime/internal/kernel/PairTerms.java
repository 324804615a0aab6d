package dev.lossforge.runtime.internal.kernel;

/** What {@link MatrixProducts} computes of a row of the left matrix and a column of the right one. */
public enum PairTerms {
    /** {@code Σ left · right}. */
    PRODUCTS,
    /**
     * {@code Σ (left − right)²}: exact where rows are close to each other, unlike {@code Σ left² + Σ right² − 2 · Σ
     * left · right}.
     */
    SQUARED_DIFFERENCES,
    /** {@code max |left − right|}. */
    LARGEST_DIFFERENCES,
    /** {@code Σ left · (minuend − right)} with an entry of a third matrix, at the row and the column of the result. */
    WEIGHTED_DIFFERENCES
}
