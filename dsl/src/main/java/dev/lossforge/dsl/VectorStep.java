package dev.lossforge.dsl;

/** The body of a scan over vectors: what {@code scan(n, start, (i, state) -> …)} makes of the state in each step. */
@FunctionalInterface
public interface VectorStep {

    /** The state after the step, as long as the one before. */
    float[] apply(int index, float[] state);
}
