package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.Optional;

/**
 * The terms of a sum over k as {@code left(i, k) · right(k, j)}. Masks move into the factor that they depend on:
 * {@code c(i, k) ? a(i, k) · b(k, j) : 0} is {@code (c(i, k) ? a(i, k) : 0) · b(k, j)}, provided that b is finite,
 * since 0 · ∞ is NaN. Products with the same right factor are added in the left one.
 *
 * @param leftMasked whether the right factor must be finite
 * @param rightMasked whether the left factor must be finite
 */
record MatrixProduct(Expr left, Expr right, boolean leftMasked, boolean rightMasked) {

    static Optional<MatrixProduct> of(Exprs exprs, Expr term, Expr.Index row, Expr.Index column, Expr.Index inner) {
        return new Search(exprs, row, column)
                .split(term)
                .filter(p -> depends(exprs, p.left, row, inner) && depends(exprs, p.right, column, inner));
    }

    private static boolean depends(Exprs exprs, Expr factor, Expr.Index outer, Expr.Index inner) {
        return exprs.freeIndices(factor).size() == 2
                && exprs.freeIndices(factor).contains(outer)
                && exprs.freeIndices(factor).contains(inner);
    }

    private record Search(Exprs exprs, Expr.Index row, Expr.Index column) {

        Optional<MatrixProduct> split(Expr node) {
            return switch (node) {
                case Expr.Unary u
                when u.op() == UnaryOp.NEGATE ->
                    split(u.operand()).map(p -> p.withLeft(exprs.unary(UnaryOp.NEGATE, p.left)));
                case Expr.Binary b when b.op() == BinaryOp.MULTIPLY -> product(b);
                case Expr.Binary b when b.op() == BinaryOp.ADD -> sum(b);
                case Expr.Binary b
                when b.op() == BinaryOp.DIVIDE -> split(b.left()).flatMap(p -> scaled(p, BinaryOp.DIVIDE, b.right()));
                case Expr.Select s when !has(s.condition(), column) -> leftMasked(s);
                case Expr.Select s when !has(s.condition(), row) -> rightMasked(s);
                default -> Optional.empty();
            };
        }

        private boolean has(Expr node, Expr.Index index) {
            return exprs.freeIndices(node).contains(index);
        }

        /** Products with one right factor, added. */
        private Optional<MatrixProduct> sum(Expr.Binary b) {
            return split(b.left())
                    .flatMap(x -> split(b.right())
                            .filter(y -> x.right == y.right)
                            .map(y -> x.with(exprs.binary(BinaryOp.ADD, x.left, y.left), y)));
        }

        private Optional<MatrixProduct> product(Expr.Binary b) {
            if (!has(b.left(), column) && !has(b.right(), row)) {
                return Optional.of(new MatrixProduct(b.left(), b.right(), false, false));
            }
            if (!has(b.left(), row) && !has(b.right(), column)) {
                return Optional.of(new MatrixProduct(b.right(), b.left(), false, false));
            }
            return split(b.left())
                    .flatMap(p -> scaled(p, BinaryOp.MULTIPLY, b.right()))
                    .or(() -> split(b.right()).flatMap(p -> scaled(p, BinaryOp.MULTIPLY, b.left())));
        }

        private Optional<MatrixProduct> scaled(MatrixProduct p, BinaryOp op, Expr by) {
            if (!has(by, column)) {
                return Optional.of(p.withLeft(exprs.binary(op, p.left, by)));
            }
            return has(by, row) ? Optional.empty() : Optional.of(p.withRight(exprs.binary(op, p.right, by)));
        }

        private Optional<MatrixProduct> leftMasked(Expr.Select s) {
            Optional<MatrixProduct> yes = split(s.whenTrue());
            Optional<MatrixProduct> no = split(s.whenFalse());
            if (yes.isPresent() && no.isPresent()) {
                MatrixProduct a = yes.get();
                MatrixProduct b = no.get();
                return a.right == b.right
                        ? Optional.of(a.with(exprs.select(s.condition(), a.left, b.left), b))
                        : Optional.empty();
            }
            return yes.filter(p -> isMask(s.whenFalse(), column))
                    .map(p -> p.masked(exprs.select(s.condition(), p.left, s.whenFalse())))
                    .or(() -> no.filter(p -> isMask(s.whenTrue(), column))
                            .map(p -> p.masked(exprs.select(s.condition(), s.whenTrue(), p.left))));
        }

        private Optional<MatrixProduct> rightMasked(Expr.Select s) {
            boolean whenTrue = !isMask(s.whenTrue(), row);
            Expr mask = whenTrue ? s.whenFalse() : s.whenTrue();
            return isMask(mask, row)
                    ? split(whenTrue ? s.whenTrue() : s.whenFalse())
                            .map(p -> new MatrixProduct(
                                    p.left,
                                    whenTrue
                                            ? exprs.select(s.condition(), p.right, mask)
                                            : exprs.select(s.condition(), mask, p.right),
                                    p.leftMasked,
                                    true))
                    : Optional.empty();
        }

        /** Whether a side is 0 or NaN for every value of an index. */
        private boolean isMask(Expr side, Expr.Index index) {
            return !has(side, index)
                    && switch (side) {
                        case Expr.Constant c -> c.value() == 0;
                        case Expr.Unary u -> u.op() == UnaryOp.NAN_OR_ZERO;
                        case Expr.Select s -> isMask(s.whenTrue(), index) && isMask(s.whenFalse(), index);
                        default -> false;
                    };
        }
    }

    private MatrixProduct masked(Expr newLeft) {
        return new MatrixProduct(newLeft, right, true, rightMasked);
    }

    /** A product with a left factor made of that of this one and that of another. */
    private MatrixProduct with(Expr newLeft, MatrixProduct other) {
        return new MatrixProduct(newLeft, right, leftMasked || other.leftMasked, rightMasked || other.rightMasked);
    }

    private MatrixProduct withLeft(Expr newLeft) {
        return new MatrixProduct(newLeft, right, leftMasked, rightMasked);
    }

    private MatrixProduct withRight(Expr newRight) {
        return new MatrixProduct(left, newRight, leftMasked, rightMasked);
    }
}
