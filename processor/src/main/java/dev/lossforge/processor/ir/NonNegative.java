package dev.lossforge.processor.ir;

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
            default -> false;
        };
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
