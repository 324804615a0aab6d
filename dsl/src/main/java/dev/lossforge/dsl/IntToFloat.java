package dev.lossforge.dsl;

/** The body of a reduction: what {@code sum(n, i -> …)} adds for each index. */
@FunctionalInterface
public interface IntToFloat {

    /** The value at an index. */
    float apply(int index);
}
