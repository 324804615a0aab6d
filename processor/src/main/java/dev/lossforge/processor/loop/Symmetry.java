package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Comparison;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.Substitution;
import dev.lossforge.processor.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Recognises values of pairs that are the same, to the last bit, for (i, j) and (j, i): distances of rows, and what is
 * made of them alone. Half of what reverse mode adds for a pair then is the other half.
 */
final class Symmetry {
    private final Exprs exprs;
    private final Map<Expr, Boolean> known = new IdentityHashMap<>();
    private final Map<List<Integer>, Boolean> same = new HashMap<>();

    Symmetry(Exprs exprs) {
        this.exprs = exprs;
    }

    boolean isSymmetric(Expr node) {
        return known.computeIfAbsent(node, this::find);
    }

    private boolean find(Expr node) {
        List<Expr.Index> free = new ArrayList<>(exprs.freeIndices(node));
        if (free.size() != 2 || free.get(0).extent() != free.get(1).extent()) {
            return false;
        }
        Map<Expr.Index, Expr> swap = new IdentityHashMap<>();
        swap.put(free.get(0), free.get(1));
        swap.put(free.get(1), free.get(0));
        return isSame(node, new Substitution(exprs, swap).apply(node));
    }

    /** Whether two values are equal but for the order of operands in operations that commute. */
    private boolean isSame(Expr a, Expr b) {
        return a == b || remembered(a, b, 1, () -> compare(a, b));
    }

    private boolean compare(Expr a, Expr b) {
        return switch (a) {
            case Expr.Unary x ->
                b instanceof Expr.Unary y
                        && x.op() == y.op()
                        && (isSame(x.operand(), y.operand()) || isEven(x.op()) && isOpposite(x.operand(), y.operand()));
            case Expr.Binary x -> b instanceof Expr.Binary y && x.op() == y.op() && areSame(x, y);
            case Expr.Compare x -> b instanceof Expr.Compare y && x.op() == y.op() && areSame(x, y);
            case Expr.Select x ->
                b instanceof Expr.Select y
                        && isSame(x.condition(), y.condition())
                        && isSame(x.whenTrue(), y.whenTrue())
                        && isSame(x.whenFalse(), y.whenFalse());
            case Expr.Reduce x ->
                b instanceof Expr.Reduce y && x.op() == y.op() && x.index() == y.index() && isSame(x.body(), y.body());
            default -> false;
        };
    }

    private boolean areSame(Expr.Binary a, Expr.Binary b) {
        return isSame(a.left(), b.left()) && isSame(a.right(), b.right())
                || commutes(a.op()) && isSame(a.left(), b.right()) && isSame(a.right(), b.left());
    }

    private boolean areSame(Expr.Compare a, Expr.Compare b) {
        boolean commutes = a.op() == Comparison.EQUAL || a.op() == Comparison.NOT_EQUAL;
        return isSame(a.left(), b.left()) && isSame(a.right(), b.right())
                || commutes && isSame(a.left(), b.right()) && isSame(a.right(), b.left());
    }

    /** Whether one value is the negative of another. */
    private boolean isOpposite(Expr a, Expr b) {
        return remembered(a, b, -1, () -> switch (a) {
            case Expr.Unary x
            when x.op() == UnaryOp.NEGATE || isOdd(x.op()) ->
                b instanceof Expr.Unary y && x.op() == y.op() && isOpposite(x.operand(), y.operand());
            case Expr.Binary x
            when x.op() == BinaryOp.SUBTRACT ->
                b instanceof Expr.Binary y
                        && y.op() == x.op()
                        && isSame(x.left(), y.right())
                        && isSame(x.right(), y.left());
            case Expr.Binary x
            when x.op() == BinaryOp.MULTIPLY || x.op() == BinaryOp.DIVIDE ->
                b instanceof Expr.Binary y
                        && y.op() == x.op()
                        && (isSame(x.left(), y.left()) && isOpposite(x.right(), y.right())
                                || isOpposite(x.left(), y.left()) && isSame(x.right(), y.right()));
            default -> false;
        });
    }

    private boolean remembered(Expr a, Expr b, int sign, BooleanSupplier answer) {
        List<Integer> key = List.of(exprs.order(a), exprs.order(b), sign);
        Boolean result = same.get(key);
        if (result == null) {
            result = answer.getAsBoolean();
            same.put(key, result);
        }
        return result;
    }

    private static boolean commutes(BinaryOp op) {
        return switch (op) {
            case ADD, MULTIPLY, MAX, MIN, AND, OR, HYPOT -> true;
            default -> false;
        };
    }

    private static boolean isEven(UnaryOp op) {
        return switch (op) {
            case SQUARE, ABS, COSH, COS, LOG_COSH -> true;
            default -> false;
        };
    }

    private static boolean isOdd(UnaryOp op) {
        return switch (op) {
            case SIGN, SINH, TANH, SIN, TAN, ASIN, ATAN, ASINH, ERF -> true;
            default -> false;
        };
    }
}
