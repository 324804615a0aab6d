package dev.lossforge.runtime.cpu.internal.layer;

/** Follows a backward pass. Every worker reports every operation, from the last to the first. */
@FunctionalInterface
public interface BackwardProgress {
    /** Follows nothing. */
    BackwardProgress NONE = operation -> {};

    /**
     * A worker has passed an operation; called by its thread.
     *
     * @param operation the position in {@link Network#operations}
     */
    void passed(int operation);
}
