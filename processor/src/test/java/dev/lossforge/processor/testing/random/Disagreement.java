package dev.lossforge.processor.testing.random;

/** Two ways of computing a formula differ by more than rounding explains. */
public final class Disagreement extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int unit;

    /**
     * About one of the batch's drawn units.
     *
     * @param what was computed
     */
    public Disagreement(int unit, String what, Object actual, Object expected) {
        super(what + " is " + actual + " instead of " + expected);
        this.unit = unit;
    }

    /** Which of the batch's drawn units it is about. */
    int unit() {
        return unit;
    }
}
