/**
 * Reverse-mode differentiation of formulas.
 *
 * <p>The <em>cotangent</em> of a node is the derivative of the loss with respect to it. Walking the nodes from the loss
 * to the inputs, {@link dev.lossforge.processor.ad.CotangentRules} says what each operation hands to its operands, and
 * {@link dev.lossforge.processor.ad.ReverseMode} adds it up. A node inside a reduction has one cotangent per value of
 * the index, written as one expression in which the index is free; what a node outside receives from inside is summed
 * over the index.
 */
@NullMarked
package dev.lossforge.processor.ad;

import org.jspecify.annotations.NullMarked;
