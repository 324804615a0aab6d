/**
 * Data for training. A {@link dev.lossforge.runtime.data.Dataset} holds inputs, targets and optional sample weights, in
 * memory or as a stream. A {@link dev.lossforge.runtime.data.Batch} is a part of it, in an order that a seed
 * determines.
 */
@NullMarked
package dev.lossforge.runtime.data;

import org.jspecify.annotations.NullMarked;
