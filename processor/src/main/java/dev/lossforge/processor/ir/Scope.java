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

    /** The rank of predictions that says this scope. */
    public int rank() {
        return rank;
    }

    /** The scope of predictions (or weights) of a rank, where the formula says no other. */
    public static Scope ofRank(int rank) {
        return values()[rank];
    }
}
