package dev.lossforge.dsl;

/**
 * The body of a scan over numbers: computes the next state from the state before, as in {@code scan(n, start, (i,
 * state) -> …)}.
 */
@FunctionalInterface
public interface FloatStep {

    /** The state after the step. */
    float apply(int index, float state);
}
