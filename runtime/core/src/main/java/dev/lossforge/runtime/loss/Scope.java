package dev.lossforge.runtime.loss;

/** What one evaluation of a loss's formula covers: a <em>unit</em> of the loss. */
public enum Scope {
    /** One element: predictions and targets have equal shapes. */
    ELEMENT,
    /**
     * One sample. It is a row along the last axis, and all axes before it count samples; or it is a matrix, with
     * predictions of shape {@code [samples, rows, columns]}.
     */
    SAMPLE,
    /** The whole batch, of shape {@code [samples, length]}. */
    BATCH
}
