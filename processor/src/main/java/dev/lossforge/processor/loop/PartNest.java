package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;

/**
 * The kernel of a part of a formula.
 *
 * @param stable the computed expression, as mathematics
 * @param nest its loops; a value without derivatives
 */
public record PartNest(String name, Expr stable, LoopNest nest) {}
