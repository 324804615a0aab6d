package dev.lossforge.processor.ir;

/** The two permutations that describe the ascending order of keys; each is the inverse of the other. */
public enum OrderOp {
    /** The key at a position of the order. */
    ARG_SORT,
    /** The position of a key in the order. */
    RANK;

    public OrderOp inverse() {
        return switch (this) {
            case ARG_SORT -> RANK;
            case RANK -> ARG_SORT;
        };
    }
}
