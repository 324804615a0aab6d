package dev.lossforge.boosting;

/**
 * The number used as second derivative of a loss at a row's score. A step of boosting is a sum of gradients divided by
 * a sum of curvatures, so a curvature must not be negative. Each is raised to the
 * {@linkplain ScoreLoss#withMinCurvature minimum} if it is smaller.
 */
public enum Curvature {
    /** The diagonal of the Hessian; where the loss is concave, the minimum curvature. */
    HESSIAN(true),

    /** The absolute value of the diagonal of the Hessian. Steps keep their scale where the loss is concave. */
    ABSOLUTE_HESSIAN(true),

    /**
     * The gradient divided by the residual, {@code ℓ′(r) / r} with {@code r = score − label}: the curvature of the
     * parabola around r = 0 that has the loss's slope at r, as in Gauss–Newton and iteratively reweighted least
     * squares. For a loss per element that depends only on the residual.
     */
    GAUSS_NEWTON(false),

    /**
     * The diagonal of the Fisher information, which makes steps natural gradients. It is computed if the loss is the
     * negative logarithm of a probability of classes. For other distributions, set it with
     * {@link ScoreLoss#withFisher}.
     */
    FISHER(false),

    /** 1 for each score: steps along the gradient. */
    ONE(false);

    private final boolean ofHessian;

    Curvature(boolean ofHessian) {
        this.ofHessian = ofHessian;
    }

    /** Whether this curvature needs second derivatives of the loss. */
    boolean ofHessian() {
        return ofHessian;
    }
}
