/**
 * Losses at run time: value, gradients, values per sample, and the reduction and weights around them.
 *
 * <p>Users call {@link dev.lossforge.runtime.loss.LossFunction#valueAndGradients} with a batch of
 * {@link dev.lossforge.runtime.loss.LossInputs}. A loss is a {@link dev.lossforge.runtime.loss.FormulaLoss}, which the
 * annotation processor generates from a formula, or a {@link dev.lossforge.runtime.loss.UnitLoss}, which is written by
 * hand. Backends use the {@link dev.lossforge.runtime.loss.BoundLoss}: it has checked every shape and runs the loss's
 * kernel range by range, on any number of threads.
 */
@NullMarked
package dev.lossforge.runtime.loss;

import org.jspecify.annotations.NullMarked;
