package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import java.util.List;

/**
 * Statements that run for each value of some indices; points do not depend on each other.
 *
 * @param name the name of the computed value
 * @param points the indices; their extents are extents of inputs or constants
 * @param statements the statements of one point: loops are reductions, and each result is stored at the point
 * @param ofValue whether the value of the loss needs the step
 */
public record Step(String name, List<Expr.Index> points, List<Statement> statements, boolean ofValue) {}
