package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import java.util.List;

/**
 * The work of a device for a whole batch: a sequence of steps that store tables for later ones.
 *
 * @param equalExtents classes of extents that the runtime must check to be equal
 */
public record BatchProgram(
        Formula formula, List<List<Expr.Extent>> equalExtents, List<Table> tables, List<Step> steps) {}
