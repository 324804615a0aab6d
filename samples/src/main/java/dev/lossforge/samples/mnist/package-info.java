/** The convolutional network for MNIST that {@code lossforge train mnist} trains, and the losses it is trained with. */
@NullMarked
package dev.lossforge.samples.mnist;

import org.jspecify.annotations.NullMarked;
