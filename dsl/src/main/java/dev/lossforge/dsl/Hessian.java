package dev.lossforge.dsl;

/** Which second derivatives a generated loss computes along with its value and its gradients. */
public enum Hessian {
    /** None. */
    NONE,
    /**
     * The second derivative with respect to each entry of each prediction: the diagonal of the Hessian matrix. This is
     * what gradient boosting needs.
     */
    DIAGONAL
}
