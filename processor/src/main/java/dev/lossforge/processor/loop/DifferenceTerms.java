package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprNodes;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Rebuild;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The terms of a reduction over differences of two matrices, for each row of one and each row of the other: squared
 * distances, and the weighted differences in their gradients. A difference is taken before it is squared or weighted,
 * so that rows close to each other lose no digits.
 *
 * @param assumesFinite whether the differences must be finite, because a mask moved into the weights
 */
record DifferenceTerms(Statement.Terms<Expr> terms, boolean assumesFinite) {
    /** A position that no input has: the difference is split as if it were a product of unknown matrices. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** The differences of {@code a(row, inner) − b(column, inner)}, for sums of squares or the largest magnitude. */
    static Optional<DifferenceTerms> ofDistance(
            Exprs exprs, ReduceOp op, Expr term, Expr.Index row, Expr.Index column, Expr.Index inner) {
        UnaryOp outer = op == ReduceOp.SUM ? UnaryOp.SQUARE : UnaryOp.ABS;
        boolean fits = (op == ReduceOp.SUM || op == ReduceOp.MAX)
                && term instanceof Expr.Unary u
                && u.op() == outer
                && u.operand() instanceof Expr.Binary b
                && b.op() == BinaryOp.SUBTRACT;
        if (!fits) {
            return Optional.empty();
        }
        Expr.Binary difference = (Expr.Binary) ((Expr.Unary) term).operand();
        boolean inOrder = is(exprs, difference.left(), row, inner) && is(exprs, difference.right(), column, inner);
        boolean swapped = is(exprs, difference.left(), column, inner) && is(exprs, difference.right(), row, inner);
        if (!inOrder && !swapped) {
            return Optional.empty();
        }
        Expr left = inOrder ? difference.left() : difference.right();
        Expr right = inOrder ? difference.right() : difference.left();
        return Optional.of(new DifferenceTerms(
                op == ReduceOp.SUM
                        ? new Statement.SquaredDifferences<>(left, right)
                        : new Statement.LargestDifferences<>(left, right),
                false));
    }

    /** Terms {@code weight(row, inner) · (a(row, column) − b(inner, column))}, of either sign, and sums of such. */
    static Optional<DifferenceTerms> ofGradient(
            Exprs exprs, Expr term, Expr.Index row, Expr.Index column, Expr.Index inner) {
        return term instanceof Expr.Binary b && b.op() == BinaryOp.ADD
                ? ofGradient(exprs, b.left(), row, column, inner)
                        .flatMap(first -> ofGradient(exprs, b.right(), row, column, inner)
                                .flatMap(second -> first.plus(exprs, second)))
                : single(exprs, term, row, column, inner);
    }

    private Optional<DifferenceTerms> plus(Exprs exprs, DifferenceTerms other) {
        return terms instanceof Statement.WeightedDifferences<Expr> a
                        && other.terms instanceof Statement.WeightedDifferences<Expr> b
                        && a.right() == b.right()
                        && a.minuend() == b.minuend()
                ? Optional.of(new DifferenceTerms(
                        new Statement.WeightedDifferences<>(
                                exprs.binary(BinaryOp.ADD, a.left(), b.left()), a.right(), a.minuend()),
                        assumesFinite || other.assumesFinite))
                : Optional.empty();
    }

    private static Optional<DifferenceTerms> single(
            Exprs exprs, Expr term, Expr.Index row, Expr.Index column, Expr.Index inner) {
        List<Expr.Binary> differences = new ArrayList<>();
        ExprNodes.anyMatch(term, node -> {
            if (node instanceof Expr.Binary b && isDifference(exprs, b, row, column, inner)) {
                differences.add(b);
            }
            return false;
        });
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        Expr.Binary difference = differences.getFirst();
        boolean inOrder = is(exprs, difference.left(), row, column);
        Expr own = inOrder ? difference.left() : difference.right();
        Expr other = inOrder ? difference.right() : difference.left();
        Expr weight = exprs.load(Input.of(UNKNOWN, "weight", Role.TARGET, Type.FLOAT, 2), List.of(row, inner));
        Expr entry = exprs.load(Input.of(UNKNOWN - 1, "entry", Role.TARGET, Type.FLOAT, 2), List.of(inner, column));
        Expr product = exprs.binary(BinaryOp.MULTIPLY, weight, entry);
        Expr linear = replaced(exprs, term, difference, inOrder ? product : exprs.unary(UnaryOp.NEGATE, product));
        return MatrixProduct.of(exprs, linear, row, column, inner)
                .filter(p -> !p.rightMasked())
                .flatMap(p -> weights(exprs, p, entry, column)
                        .map(weights -> new DifferenceTerms(
                                new Statement.WeightedDifferences<>(
                                        signed(exprs, replaced(exprs, weights, weight, exprs.constant(1.0))),
                                        other,
                                        own),
                                p.leftMasked())));
    }

    /** All factors of the unknown, if none of them varies with the column. */
    private static Optional<Expr> weights(Exprs exprs, MatrixProduct product, Expr unknown, Expr.Index column) {
        Expr left = product.left();
        Expr right = product.right();
        while (right != unknown) {
            if (right instanceof Expr.Unary u && u.op() == UnaryOp.NEGATE) {
                left = exprs.unary(UnaryOp.NEGATE, left);
                right = u.operand();
            } else if (right instanceof Expr.Binary b && isFactor(exprs, b, b.right(), column)) {
                left = exprs.binary(b.op(), left, b.right());
                right = b.left();
            } else if (right instanceof Expr.Binary b
                    && b.op() == BinaryOp.MULTIPLY
                    && isFactor(exprs, b, b.left(), column)) {
                left = exprs.binary(BinaryOp.MULTIPLY, left, b.left());
                right = b.right();
            } else {
                return Optional.empty();
            }
        }
        return exprs.freeIndices(left).contains(column) ? Optional.empty() : Optional.of(left);
    }

    /** The same product with at most one sign, the outermost: weights of opposite signs then share their table. */
    private static Expr signed(Exprs exprs, Expr product) {
        List<Boolean> signs = new ArrayList<>();
        Expr unsigned = unsigned(exprs, product, signs);
        return signs.size() % 2 == 0 ? unsigned : exprs.unary(UnaryOp.NEGATE, unsigned);
    }

    private static boolean isOne(Expr node) {
        return node instanceof Expr.Constant c && c.value() == 1;
    }

    private static Expr unsigned(Exprs exprs, Expr node, List<Boolean> signs) {
        if (node instanceof Expr.Unary u && u.op() == UnaryOp.NEGATE) {
            signs.add(true);
            return unsigned(exprs, u.operand(), signs);
        }
        if (node instanceof Expr.Binary b && (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE)) {
            Expr left = unsigned(exprs, b.left(), signs);
            Expr right = unsigned(exprs, b.right(), signs);
            if (b.op() == BinaryOp.MULTIPLY && isOne(left)) {
                return right;
            }
            return isOne(right) ? left : exprs.binary(b.op(), left, right);
        }
        return node;
    }

    private static boolean isFactor(Exprs exprs, Expr.Binary b, Expr factor, Expr.Index column) {
        return (b.op() == BinaryOp.MULTIPLY || b.op() == BinaryOp.DIVIDE)
                && !exprs.freeIndices(factor).contains(column);
    }

    private static boolean isDifference(
            Exprs exprs, Expr.Binary b, Expr.Index row, Expr.Index column, Expr.Index inner) {
        return b.op() == BinaryOp.SUBTRACT
                && (is(exprs, b.left(), row, column) && is(exprs, b.right(), inner, column)
                        || is(exprs, b.left(), inner, column) && is(exprs, b.right(), row, column));
    }

    private static boolean is(Exprs exprs, Expr matrix, Expr.Index a, Expr.Index b) {
        return matrix.type() == Type.FLOAT && exprs.freeIndices(matrix).equals(Set.of(a, b));
    }

    private static Expr replaced(Exprs exprs, Expr root, Expr node, Expr by) {
        Map<Expr, Expr> done = new IdentityHashMap<>(Map.of(node, by));
        return replaced(exprs, root, done);
    }

    private static Expr replaced(Exprs exprs, Expr node, Map<Expr, Expr> done) {
        Expr known = done.get(node);
        if (known == null) {
            known = node instanceof Expr.Reduce ? node : Rebuild.with(exprs, node, n -> replaced(exprs, n, done));
            done.put(node, known);
        }
        return known;
    }
}
