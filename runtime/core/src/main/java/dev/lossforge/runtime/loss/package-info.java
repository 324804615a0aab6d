/**
 * What a loss is to the runtime: its value, its gradients, its values per sample, and the reduction and weights around
 * them.
 *
 * <p>Generated losses implement the types of this package.
 */
@NullMarked
package dev.lossforge.runtime.loss;

import org.jspecify.annotations.NullMarked;
