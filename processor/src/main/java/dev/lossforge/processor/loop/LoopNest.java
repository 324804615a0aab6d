package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import java.util.List;

/**
 * The work of a kernel for one unit of the formula's scope: one element, one row, or the batch.
 *
 * @param equalExtents classes of extents that the runtime must check to be equal before the kernel runs
 * @param statements value, gradients and Hessians in one program
 * @param valueStatements the part of it that the value needs
 */
public record LoopNest(
        Formula formula,
        List<List<Expr.Extent>> equalExtents,
        List<Buffer> buffers,
        List<Statement> statements,
        List<Statement> valueStatements) {}
