/**
 * Generated losses as the objectives of tree boosters, which ask for the gradient and the curvature of a loss at the
 * scores that their trees have given so far. A loss is declared with {@code @Loss(hessian = Hessian.DIAGONAL)}; its
 * prediction is the raw score, before any sigmoid or softmax.
 */
@NullMarked
package dev.lossforge.boosting;

import org.jspecify.annotations.NullMarked;
