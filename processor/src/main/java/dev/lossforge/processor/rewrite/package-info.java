/**
 * Rewrites of expressions into better ones that mean the same.
 *
 * <p>{@link dev.lossforge.processor.rewrite.Stabilizer} runs before differentiation and replaces what would overflow or
 * cancel: the gradient of a naive log-sum-exp at 1000 is NaN, that of {@code logSumExp} is not.
 * {@link dev.lossforge.processor.rewrite.Simplifier} runs after it and removes what differentiation leaves behind. Both
 * apply named {@link dev.lossforge.processor.rewrite.Rule}s, each of which states what it assumes.
 */
@NullMarked
package dev.lossforge.processor.rewrite;

import org.jspecify.annotations.NullMarked;
