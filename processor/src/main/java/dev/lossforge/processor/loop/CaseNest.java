package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;

/**
 * The kernel of a formula for calls in which a condition on hyperparameters holds, and no condition of an earlier case.
 *
 * @param condition the condition on hyperparameters and numbers; {@code true} for the last case, if the cases are
 *     complete
 * @param nest the loops, specialised for the condition
 */
public record CaseNest(Expr condition, LoopNest nest) {}
