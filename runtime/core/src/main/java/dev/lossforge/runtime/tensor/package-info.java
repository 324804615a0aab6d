/**
 * Values with a shape: {@link dev.lossforge.runtime.tensor.Tensor} holds floats,
 * {@link dev.lossforge.runtime.tensor.IntTensor} holds ints such as class indices, and both are
 * {@link dev.lossforge.runtime.tensor.Data}.
 *
 * <p>A tensor is a {@link dev.lossforge.runtime.tensor.Shape} over one Java array in row-major order: the last axis is
 * contiguous, and the length of the array is the size of the shape. There are no strides, offsets or lazy views, so a
 * kernel may run over the whole array. Axis 0 of batched data counts samples; images are laid out {@code [samples,
 * height, width, channels]}.
 */
@NullMarked
package dev.lossforge.runtime.tensor;

import org.jspecify.annotations.NullMarked;
