package dev.lossforge.processor.vector;

/** What a lane of a vector holds. */
public enum VectorKind {
    FLOAT,
    INT,
    MASK
}
