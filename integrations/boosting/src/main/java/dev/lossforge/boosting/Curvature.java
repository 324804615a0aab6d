package dev.lossforge.boosting;

/**
 * What stands for the second derivative of a loss at a row's score. A step of boosting is a sum of gradients over a sum
 * of curvatures, so that a curvature must not be negative; each is raised to the
 * {@linkplain ScoreLoss#withLeastCurvature least} one.
 */
public enum Curvature {
    /** The diagonal of the Hessian; where the loss bends downwards, the least curvature. */
    HESSIAN(true),

    /** The absolute value of the diagonal of the Hessian: steps keep their scale where the loss bends downwards. */
    ABSOLUTE_HESSIAN(true),

    /**
     * The gradient over the residual, {@code ℓ′(r) / r} with {@code r = score − label}: the curvature of the parabola
     * around r = 0 that has the loss's slope at r, as in Gauss–Newton and iteratively reweighted least squares. For a
     * loss per element that depends on the residual alone.
     */
    GAUSS_NEWTON(false),

    /**
     * The diagonal of the Fisher information, which makes steps natural gradients. Computed where the loss is the
     * negative logarithm of a probability of classes; given by {@link ScoreLoss#withFisher} for other distributions.
     */
    FISHER(false),

    /** 1 for each score: steps along the gradient. */
    ONE(false);

    private final boolean ofHessian;

    Curvature(boolean ofHessian) {
        this.ofHessian = ofHessian;
    }

    /** Whether the loss must have second derivatives. */
    boolean ofHessian() {
        return ofHessian;
    }
}
