/**
 * The building blocks of models: {@link dev.lossforge.runtime.layer.Layer} and its kinds, as plain descriptions. A
 * layer is an immutable record that knows its hyperparameters, the shape it makes of a shape, and which parameters it
 * needs; it computes nothing. Backends compute.
 *
 * <p>Shapes here are those of one sample. Images are {@code [height, width, channels]}, a convolution's weights are
 * {@code [kernelHeight, kernelWidth, inputChannels, filters]}, a dense layer's are {@code [inputs, units]}.
 *
 * <pre>{@code
 * Conv2D.of(32, 3, Activation.RELU).withPadding(Padding.SAME)
 * Dense.of(10)
 * }</pre>
 */
@NullMarked
package dev.lossforge.runtime.layer;

import org.jspecify.annotations.NullMarked;
