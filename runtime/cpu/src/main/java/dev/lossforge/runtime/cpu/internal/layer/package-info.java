/**
 * The layers of a model as a sequence of operations on whole batches. Two successive operations are connected by
 * {@link dev.lossforge.runtime.cpu.internal.layer.Activations}. They hold what the first computes for every sample, and
 * the gradient that the second computes for it. Each worker runs its own samples through all operations and back, and
 * has its own gradients of the parameters. Only these are combined at the end.
 *
 * <p>{@link dev.lossforge.runtime.cpu.internal.layer.Affine} is the most important operation: a convolution or a dense
 * layer together with its bias, its ReLU and the max pooling that follows. Images are stored row by row, with the
 * channels of a pixel next to each other.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.layer;

import org.jspecify.annotations.NullMarked;
