/**
 * The layers of a model as tasks on a device. Every layer's outputs lie in one array, the samples one after the other,
 * images as {@code [height, width, channels]}; how many samples there are is read from an array, so that one plan takes
 * every batch up to its capacity.
 */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.network;

import org.jspecify.annotations.NullMarked;
