/**
 * Generated losses as objectives of tree boosters. A booster requests the gradient and the curvature of a loss at the
 * current scores of its trees. Declare such a loss with {@code @Loss(hessian = Hessian.DIAGONAL)}. Its prediction is
 * the raw score, before any sigmoid or softmax.
 */
@NullMarked
package dev.lossforge.boosting;

import org.jspecify.annotations.NullMarked;
