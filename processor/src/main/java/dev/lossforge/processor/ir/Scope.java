package dev.lossforge.processor.ir;

/** What one evaluation of a formula covers; the rank of its predictions (or weights). */
public enum Scope {
    /** One element: predictions are {@code float}. */
    ELEMENT(0),
    /** One sample, a row: predictions are {@code float[]}. */
    SAMPLE(1),
    /** The whole batch: predictions are {@code float[][]}. */
    BATCH(2);

    private final int rank;

    Scope(int rank) {
        this.rank = rank;
    }

    public int rank() {
        return rank;
    }

    public static Scope ofRank(int rank) {
        return values()[rank];
    }
}
