/**
 * Digits to learn from. {@link dev.lossforge.digits.MnistSource} looks for MNIST in a folder, in the user's cache and
 * at the public mirrors, and draws digits of its own when there is no network. They come as
 * {@link dev.lossforge.digits.DigitSet}s: bytes, as published; a network's inputs are these divided by 255.
 */
@NullMarked
package dev.lossforge.digits;

import org.jspecify.annotations.NullMarked;
