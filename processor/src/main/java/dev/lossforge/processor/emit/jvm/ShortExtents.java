package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statements;
import java.util.List;

/** The extents that are short in a call of {@link StripLoop strips}: those of rows of matrices, and small numbers. */
final class ShortExtents {
    /** The greatest of them. */
    static final int LONGEST = 16;

    private final LoopNest nest;

    ShortExtents(LoopNest nest) {
        this.nest = nest;
    }

    boolean isShort(Expr extent) {
        if (extent instanceof Expr.IntConstant c) {
            return c.value() <= LONGEST;
        }
        List<Expr> extents = ExprNodes.of(extent).stream()
                .filter(Expr.Extent.class::isInstance)
                .toList();
        return Statements.isKnownBefore(extent)
                && !extents.isEmpty()
                && extents.stream().allMatch(e -> isOfRow((Expr.Extent) e));
    }

    private boolean isOfRow(Expr.Extent extent) {
        return isRow(extent)
                || nest.equalExtents().stream()
                        .anyMatch(equal ->
                                equal.contains(extent) && equal.stream().anyMatch(ShortExtents::isRow));
    }

    private static boolean isRow(Expr.Extent extent) {
        return extent.axis() == 1
                && extent.input().rank() == 2
                && extent.input().role() != Role.PARAMETER;
    }
}
