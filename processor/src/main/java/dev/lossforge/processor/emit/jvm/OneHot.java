package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A value that is 0 in all lanes of a loop but one, {@code index == position ? value : 0}.
 *
 * @param index the loop's
 * @param position of the lane, the same in all lanes
 * @param value the same in all lanes
 */
record OneHot(Expr.Index index, Expr position, Expr value) {

    /** What an expression is, if it is that. */
    static Optional<OneHot> of(Expr node, Predicate<Expr> isUniform) {
        return node instanceof Expr.Select select
                        && select.condition() instanceof Expr.Compare c
                        && c.op() == Comparison.EQUAL
                        && select.type() == Type.FLOAT
                        && isUniform.test(select.whenTrue())
                        && isZero(select.whenFalse())
                ? of(c, select.whenTrue(), isUniform)
                : Optional.empty();
    }

    private static Optional<OneHot> of(Expr.Compare c, Expr value, Predicate<Expr> isUniform) {
        if (c.left() instanceof Expr.Index i && !isUniform.test(i) && isUniform.test(c.right())) {
            return Optional.of(new OneHot(i, c.right(), value));
        }
        if (c.right() instanceof Expr.Index i && !isUniform.test(i) && isUniform.test(c.left())) {
            return Optional.of(new OneHot(i, c.left(), value));
        }
        return Optional.empty();
    }

    private static boolean isZero(Expr node) {
        return node instanceof Expr.Constant zero && Double.doubleToRawLongBits(zero.value()) == 0;
    }

    /** The lane, counted from the first of a block. */
    Term lane(ScalarCode scalars) {
        return Operations.binary(BinaryOp.SUBTRACT, scalars.of(position), scalars.of(index));
    }
}
