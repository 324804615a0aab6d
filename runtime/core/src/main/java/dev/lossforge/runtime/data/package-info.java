/**
 * Data sets and the batches drawn from them, in an order that a seed determines.
 */
@NullMarked
package dev.lossforge.runtime.data;

import org.jspecify.annotations.NullMarked;
