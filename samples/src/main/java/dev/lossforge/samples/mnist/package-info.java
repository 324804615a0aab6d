/** The convolutional network for MNIST that {@code lossforge train mnist} trains, and its losses. */
@NullMarked
package dev.lossforge.samples.mnist;

import org.jspecify.annotations.NullMarked;
