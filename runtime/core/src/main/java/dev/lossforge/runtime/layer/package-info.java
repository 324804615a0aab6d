/**
 * The building blocks of models: {@link dev.lossforge.runtime.layer.Layer} and its kinds, as plain descriptions. A
 * layer is an immutable record. It knows its hyperparameters, its output shape for an input shape, and its parameters.
 * It computes nothing; backends do.
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
