package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.List;

/**
 * Statements that run for each value of some indices; no point needs what another computes.
 *
 * @param name of what is computed
 * @param points the indices; their extents are extents of inputs or constants
 * @param statements those of one point: loops are reductions, and each result is stored at the point
 * @param ofValue whether the value of the loss needs the step
 */
public record Step(String name, List<Expr.Index> points, List<Statement> statements, boolean ofValue) {}
