package dev.lossforge.processor.ir;

/** What is asked of the ascending order of some keys; the two are inverse permutations. */
public enum OrderOp {
    /** Which key stands at a position of the order. */
    ARG_SORT,
    /** At which position of the order a key stands. */
    RANK;

    public OrderOp inverse() {
        return switch (this) {
            case ARG_SORT -> RANK;
            case RANK -> ARG_SORT;
        };
    }
}
