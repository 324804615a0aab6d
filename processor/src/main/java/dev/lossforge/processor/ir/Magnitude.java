package dev.lossforge.processor.ir;

/** Bounds the magnitude of values that declared ranges of inputs keep finite, such as the weight {@code 1 − y}. */
public final class Magnitude {
    private static final double MAX_OF_INT = 0x1p31;
    /** Nothing is assumed below this depth. */
    private static final int MAX_LEVELS = 8;

    private Magnitude() {}

    /**
     * An upper bound of the magnitude of a value (which may be NaN) while the inputs are in their declared ranges;
     * infinite if none is known.
     */
    public static double of(Expr node) {
        return of(node, MAX_LEVELS);
    }

    private static double of(Expr node, int levels) {
        if (levels == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return switch (node) {
            case Expr.Constant c -> Math.abs(c.value());
            case Expr.IntConstant c -> Math.abs((double) c.value());
            case Expr.Index i -> MAX_OF_INT;
            case Expr.Extent e -> MAX_OF_INT;
            case Expr.Load l -> load(l.input());
            case Expr.Unary u -> unary(u, levels - 1);
            case Expr.Binary b -> binary(b, levels - 1);
            case Expr.Select s -> Math.max(of(s.whenTrue(), levels - 1), of(s.whenFalse(), levels - 1));
            default -> Double.POSITIVE_INFINITY;
        };
    }

    private static double load(Input input) {
        double declared = Math.max(Math.abs(input.min()), Math.abs(input.max()));
        return input.type() == Type.INT ? Math.min(declared, MAX_OF_INT) : declared;
    }

    private static double unary(Expr.Unary node, int levels) {
        return switch (node.op()) {
            case NEGATE, ABS, TO_FLOAT, STOP_GRADIENT -> of(node.operand(), levels);
            case SIGMOID, SIGN, TANH, ERF -> 1;
            case SQUARE -> Math.pow(of(node.operand(), levels), 2);
            default -> Double.POSITIVE_INFINITY;
        };
    }

    private static double binary(Expr.Binary node, int levels) {
        double left = of(node.left(), levels);
        double right = of(node.right(), levels);
        return switch (node.op()) {
            case ADD, SUBTRACT -> left + right;
            case MULTIPLY -> left == 0 || right == 0 ? 0 : left * right; // or NaN
            case MAX, MIN -> Math.max(left, right);
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
