/**
 * The classic sample: a convolutional network that learns to read the digits of MNIST, with a loss declared in this
 * package.
 */
@NullMarked
package dev.lossforge.samples.mnist;

import org.jspecify.annotations.NullMarked;
