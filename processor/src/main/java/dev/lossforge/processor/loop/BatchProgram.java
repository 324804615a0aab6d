package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import java.util.List;

/**
 * What a device computes of a whole batch: steps, one after the other, that leave tables for later ones.
 *
 * @param equalExtents classes of extents that the runtime must check to be equal
 */
public record BatchProgram(
        Formula formula, List<List<Expr.Extent>> equalExtents, List<Table> tables, List<Step> steps) {}
