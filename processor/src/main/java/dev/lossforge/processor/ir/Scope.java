package dev.lossforge.processor.ir;

/** What one evaluation of a formula covers. */
public enum Scope {
    /** One element: predictions are {@code float}. */
    ELEMENT(0),
    /** One sample, a row or a matrix: predictions are {@code float[]} or {@code float[][]}. */
    SAMPLE(1),
    /** The whole batch: predictions are {@code float[][]}. */
    BATCH(2);

    private final int rank;

    Scope(int rank) {
        this.rank = rank;
    }

    /** The rank of predictions that implies this scope. */
    public int rank() {
        return rank;
    }

    /** The scope implied by the rank of predictions (or weights), unless the formula declares another. */
    public static Scope ofRank(int rank) {
        return values()[rank];
    }
}
