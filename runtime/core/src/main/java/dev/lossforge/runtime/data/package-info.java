/**
 * What models are trained on: a {@link dev.lossforge.runtime.data.Dataset} holds inputs, targets and perhaps sample
 * weights in memory, and a {@link dev.lossforge.runtime.data.Batch} is a part of it, in an order that a seed
 * determines.
 */
@NullMarked
package dev.lossforge.runtime.data;

import org.jspecify.annotations.NullMarked;
