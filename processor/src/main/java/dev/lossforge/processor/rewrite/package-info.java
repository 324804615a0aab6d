/**
 * Rewrites of the formula IR, each a named rule with the assumption it makes.
 *
 * <p>Stability rewrites come before differentiation, because the gradient of a naive formula may be NaN where its value
 * is finite; simplification comes after.
 */
@NullMarked
package dev.lossforge.processor.rewrite;

import org.jspecify.annotations.NullMarked;
