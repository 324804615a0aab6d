package dev.lossforge.processor.ir;

/**
 * A comparison of two FLOAT or two INT operands, with Java's treatment of NaN: all except {@link #NOT_EQUAL} are false.
 */
public enum Comparison {
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /** The Java operator. */
    public String symbol() {
        return symbol;
    }
}
