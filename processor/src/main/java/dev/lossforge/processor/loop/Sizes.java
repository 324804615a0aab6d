package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;

/** The sizes of memory that a kernel for the JVM may request: those that follow from the shapes of its inputs. */
final class Sizes {
    private Sizes() {}

    /** The size of memory with an entry for each round over a known extent; 0 if the extent is negative. */
    static Expr of(Exprs exprs, Expr extent) {
        return Schedule.isSize(extent) ? extent : exprs.binary(BinaryOp.MAX, extent, exprs.constant(0));
    }

    /** The same with at least one entry, so that a position outside can still be read. */
    static Expr ofSome(Exprs exprs, Expr extent) {
        return extent instanceof Expr.IntConstant c && c.value() > 0
                ? extent
                : exprs.binary(BinaryOp.MAX, extent, exprs.constant(1));
    }
}
