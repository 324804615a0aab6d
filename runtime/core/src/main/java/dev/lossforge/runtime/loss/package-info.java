/**
 * What a loss is to the runtime: its value, its gradients, its values per sample, and the reduction and weights around
 * them.
 *
 * <p>A {@link dev.lossforge.runtime.loss.Loss} is bound to a batch of {@link dev.lossforge.runtime.loss.LossInputs};
 * the {@link dev.lossforge.runtime.loss.BoundLoss} that results has checked every shape and runs the loss's kernel
 * range by range, on as many threads as its caller likes. {@link dev.lossforge.runtime.loss.Loss#valueAndGradients}
 * does all of that in one call. The annotation processor generates subclasses of
 * {@link dev.lossforge.runtime.loss.GeneratedLoss} and {@link dev.lossforge.runtime.loss.GeneratedRegularizer}.
 */
@NullMarked
package dev.lossforge.runtime.loss;

import org.jspecify.annotations.NullMarked;
