/**
 * The layers of a model as operations on whole batches. Operations stand in a row; between two of them lie
 * {@link dev.lossforge.runtime.cpu.internal.layer.Activations}, which hold what the first made of every sample and what
 * the second says of its gradient. Each worker takes its own samples through all operations and back, so that only the
 * gradients of the parameters, of which every worker has its own, meet at the end.
 *
 * <p>{@link dev.lossforge.runtime.cpu.internal.layer.Affine} is the operation that matters: a convolution or a dense
 * layer with its bias, its ReLU and the max pooling behind it in one. Images are stored row by row, the channels of a
 * pixel side by side.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.layer;

import org.jspecify.annotations.NullMarked;
