package dev.lossforge.processor.ir;

import java.util.stream.IntStream;

/** Recognises values that cannot be negative by the way they are built, such as a mean of squares. */
public final class NonNegative {

    private NonNegative() {}

    /** True only if the value is ≥ 0 (or NaN) for all inputs. Looks at most a few levels deep. */
    public static boolean byConstruction(Expr node) {
        return switch (node) {
            case Expr.Constant c -> c.value() >= 0;
            case Expr.Load l -> l.input().role() == Role.PARAMETER && l.input().min() >= 0; // which is checked
            case Expr.Unary u -> unary(u);
            case Expr.Binary b -> binary(b);
            case Expr.Select s -> byConstruction(s.whenTrue()) && byConstruction(s.whenFalse());
            case Expr.Reduce r -> reduce(r);
            default -> false;
        };
    }

    private static boolean unary(Expr.Unary node) {
        return switch (node.op()) {
            case ABS, SQUARE, SQRT, EXP, SIGMOID, SOFTPLUS, LOG_COSH, COSH, EXPM1_REST, LOG_BESSEL_I0 -> true;
            case TO_FLOAT -> node.operand() instanceof Expr.Extent;
            case NEGATE -> isRestOfShare(node.operand());
            default -> false;
        };
    }

    /** Whether a value is {@code e^(x[k] − logΣexp x) − 1}: no share is more than 1, in float32 neither. */
    private static boolean isRestOfShare(Expr node) {
        return node instanceof Expr.Unary u
                && u.op() == UnaryOp.EXPM1
                && u.operand() instanceof Expr.Binary b
                && b.op() == BinaryOp.SUBTRACT
                && b.left() instanceof Expr.Load entry
                && b.right() instanceof Expr.Reduce all
                && all.op() == ReduceOp.LOG_SUM_EXP
                && all.body() instanceof Expr.Load term
                && term.input().equals(entry.input())
                && IntStream.range(0, term.indices().size())
                        .allMatch(i -> term.indices().get(i) == all.index()
                                || term.indices().get(i) == entry.indices().get(i));
    }

    private static boolean binary(Expr.Binary node) {
        return switch (node.op()) {
            case MULTIPLY -> node.left() == node.right() || byConstruction(node.left()) && byConstruction(node.right());
            case ADD, DIVIDE, MIN -> byConstruction(node.left()) && byConstruction(node.right());
            case MAX -> byConstruction(node.left()) || byConstruction(node.right());
            case HYPOT -> true;
            default -> false;
        };
    }

    private static boolean reduce(Expr.Reduce node) {
        return switch (node.op()) {
            case SUM, PRODUCT, MIN -> byConstruction(node.body());
            case NORM -> true;
            default -> false;
        };
    }
}
