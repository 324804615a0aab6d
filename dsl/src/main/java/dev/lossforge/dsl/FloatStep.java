package dev.lossforge.dsl;

/** The body of a scan over numbers: what {@code scan(n, start, (i, state) -> …)} makes of the state in each step. */
@FunctionalInterface
public interface FloatStep {

    /** The state after the step. */
    float apply(int index, float state);
}
