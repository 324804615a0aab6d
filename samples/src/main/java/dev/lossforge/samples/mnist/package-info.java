/**
 * The classic sample: a convolutional network that learns to read the digits of MNIST, with a loss declared in this
 * package.
 *
 * <p>{@link dev.lossforge.samples.mnist.MnistSource} looks for the digits in a folder, in the user's cache and at the
 * public mirrors, and draws some of its own when there is no network. They come as
 * {@link dev.lossforge.samples.mnist.DigitSet}s: bytes, as published; the network's inputs are these divided by 255.
 */
@NullMarked
package dev.lossforge.samples.mnist;

import org.jspecify.annotations.NullMarked;
