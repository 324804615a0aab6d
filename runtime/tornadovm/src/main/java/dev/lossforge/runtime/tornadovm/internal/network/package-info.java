/**
 * The layers of a model as tasks on a device. Each layer stores its outputs in one array, sample after sample; an image
 * is {@code [height, width, channels]}. Kernels read the number of samples from an array, so one plan serves every
 * batch up to its capacity.
 */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.network;

import org.jspecify.annotations.NullMarked;
