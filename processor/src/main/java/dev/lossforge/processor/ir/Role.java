package dev.lossforge.processor.ir;

/** What a parameter of a formula method stands for. */
public enum Role {
    /** An output of the model; the formula is differentiated with respect to it. */
    PREDICTION,
    /** An observed value; constant. */
    TARGET,
    /** A hyperparameter, one for all samples; constant unless it is trainable. */
    PARAMETER,
    /** A weight of the model, in a regulariser; the formula is differentiated with respect to it. */
    WEIGHT
}
