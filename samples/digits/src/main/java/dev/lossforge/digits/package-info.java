/**
 * Digits for training. {@link dev.lossforge.digits.MnistSource} looks for MNIST in a folder, in the user's cache and at
 * the public mirrors. Without a network, it generates digits. The result consists of
 * {@link dev.lossforge.digits.DigitSet}s: bytes, as published. A network's inputs are these bytes divided by 255.
 */
@NullMarked
package dev.lossforge.digits;

import org.jspecify.annotations.NullMarked;
