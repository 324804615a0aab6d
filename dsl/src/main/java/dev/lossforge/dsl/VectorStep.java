package dev.lossforge.dsl;

/**
 * The body of a scan over vectors: computes the next state from the state before, as in {@code scan(n, start, (i,
 * state) -> …)}.
 */
@FunctionalInterface
public interface VectorStep {

    /** The state after the step, as long as the one before. */
    float[] apply(int index, float[] state);
}
