package dev.lossforge.processor.ir;

/** The role of a parameter of a formula method. */
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
