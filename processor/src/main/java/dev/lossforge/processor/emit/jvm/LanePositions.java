package dev.lossforge.processor.emit.jvm;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.IndexArithmetic;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where successive lanes read or write: {@code first + k·step} of lane k, and that modulo a number in a row that closes
 * to a ring.
 *
 * @param first the position of the lane with the index 0
 * @param step from lane to lane; 1 in a ring
 */
record LanePositions(Expr first, Expr step, Optional<Expr> modulus) {

    /**
     * The positions that an index stands for, if they are so regular.
     *
     * @param lane the index that counts the lanes
     * @param uniform whether a value is the same in all lanes
     */
    static Optional<LanePositions> of(Exprs exprs, Expr index, Expr.Index lane, Predicate<Expr> uniform) {
        if (index instanceof Expr.Binary b && b.op() == BinaryOp.REMAINDER && uniform.test(b.right())) {
            return straight(exprs, b.left(), lane, uniform)
                    .filter(p -> p.step() == exprs.constant(1))
                    .map(p -> new LanePositions(p.first(), p.step(), Optional.of(b.right())));
        }
        return straight(exprs, index, lane, uniform);
    }

    private static Optional<LanePositions> straight(Exprs exprs, Expr index, Expr.Index lane, Predicate<Expr> uniform) {
        if (index == lane) {
            return Optional.of(straight(exprs.constant(0), exprs.constant(1)));
        }
        if (uniform.test(index)) {
            return Optional.of(straight(index, exprs.constant(0)));
        }
        return switch (index) {
            case Expr.Unary u
            when u.op() == UnaryOp.NEGATE ->
                straight(exprs, u.operand(), lane, uniform).map(p -> p.times(exprs, exprs.constant(-1)));
            case Expr.Binary b
            when b.op() == BinaryOp.MULTIPLY && uniform.test(b.left()) ->
                straight(exprs, b.right(), lane, uniform).map(p -> p.times(exprs, b.left()));
            case Expr.Binary b
            when b.op() == BinaryOp.MULTIPLY && uniform.test(b.right()) ->
                straight(exprs, b.left(), lane, uniform).map(p -> p.times(exprs, b.right()));
            case Expr.Binary b
            when b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUBTRACT ->
                straight(exprs, b.left(), lane, uniform)
                        .flatMap(left -> straight(exprs, b.right(), lane, uniform)
                                .map(right -> straight(
                                        IndexArithmetic.combine(exprs, b.op(), left.first(), right.first()),
                                        IndexArithmetic.combine(exprs, b.op(), left.step(), right.step()))));
            default -> Optional.empty();
        };
    }

    private static LanePositions straight(Expr first, Expr step) {
        return new LanePositions(first, step, Optional.empty());
    }

    private LanePositions times(Exprs exprs, Expr factor) {
        return straight(
                IndexArithmetic.combine(exprs, BinaryOp.MULTIPLY, factor, first),
                IndexArithmetic.combine(exprs, BinaryOp.MULTIPLY, factor, step));
    }
}
