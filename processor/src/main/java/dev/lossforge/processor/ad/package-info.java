/**
 * Reverse-mode differentiation of formulas.
 *
 * <p>The <em>cotangent</em> of a node is the derivative of the loss with respect to it.
 * {@link dev.lossforge.processor.ad.ReverseMode} walks the nodes from the loss to the inputs.
 * {@link dev.lossforge.processor.ad.CotangentRules} gives the cotangents that each operation passes to its operands,
 * and ReverseMode adds these up. A node inside a reduction has one cotangent per value of the index, written as one
 * expression in which the index is free. The cotangent of a node outside the reduction is summed over the index.
 */
@NullMarked
package dev.lossforge.processor.ad;

import org.jspecify.annotations.NullMarked;
