package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import java.util.List;

/**
 * What a kernel does for one unit of the formula's scope: one element, one row, or the batch.
 *
 * @param equalExtents classes of extents that the runtime must check to be equal before the kernel runs
 * @param statements value, gradients and Hessians in one program
 * @param valueStatements the part of it that the value alone needs
 */
public record LoopNest(
        Formula formula,
        List<List<Expr.Extent>> equalExtents,
        List<Buffer> buffers,
        List<Statement> statements,
        List<Statement> valueStatements) {}
