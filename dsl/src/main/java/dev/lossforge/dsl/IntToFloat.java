package dev.lossforge.dsl;

/** The body of a reduction: computes the term for each index, as in {@code sum(n, i -> …)}. */
@FunctionalInterface
public interface IntToFloat {

    /** The value at an index. */
    float apply(int index);
}
