package dev.lossforge.processor.ir;

/** Recognises values that are never 0 by the way they are built, such as {@code √(x² + ε²)}. */
public final class Positive {

    private Positive() {}

    /** True only if the value is > 0 (or NaN) for all inputs, in single precision too. Looks a few levels deep. */
    public static boolean byConstruction(Expr node) {
        return switch (node) {
            case Expr.Constant c -> c.value() >= Float.MIN_NORMAL;
            case Expr.Load l -> l.input().role() == Role.PARAMETER && l.input().min() >= Float.MIN_NORMAL;
            case Expr.Unary u -> (u.op() == UnaryOp.SQRT || u.op() == UnaryOp.ABS) && byConstruction(u.operand());
            case Expr.Binary b -> binary(b);
            case Expr.Select s -> byConstruction(s.whenTrue()) && byConstruction(s.whenFalse());
            default -> false;
        };
    }

    private static boolean binary(Expr.Binary node) {
        return switch (node.op()) {
            case ADD ->
                byConstruction(node.left()) && NonNegative.byConstruction(node.right())
                        || byConstruction(node.right()) && NonNegative.byConstruction(node.left());
            case HYPOT, MAX -> byConstruction(node.left()) || byConstruction(node.right());
            default -> false;
        };
    }
}
