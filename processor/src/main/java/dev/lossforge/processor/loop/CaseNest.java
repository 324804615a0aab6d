package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;

/**
 * The kernel of a formula for calls in which a condition on hyperparameters holds, and none of the cases before.
 *
 * @param condition of hyperparameters and numbers; {@code true} of the last case, if the cases are all that there are
 * @param nest its loops, in which what the condition decides is decided
 */
public record CaseNest(Expr condition, LoopNest nest) {}
