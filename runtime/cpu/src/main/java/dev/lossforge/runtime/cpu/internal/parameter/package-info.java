/**
 * The trainable values of a model in one flat array, their gradients in one such array per worker, and the optimizers'
 * updates.
 */
@NullMarked
package dev.lossforge.runtime.cpu.internal.parameter;

import org.jspecify.annotations.NullMarked;
