/**
 * Reverse-mode differentiation: from a formula to its value and the cotangents of its predictions.
 *
 * <p>Each operation has one cotangent rule. At a kink the rule states which subgradient it takes.
 */
@NullMarked
package dev.lossforge.processor.ad;

import org.jspecify.annotations.NullMarked;
