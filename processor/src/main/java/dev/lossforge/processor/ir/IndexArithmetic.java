package dev.lossforge.processor.ir;

/** Operations on ints for positions; it omits operations that change nothing. */
public final class IndexArithmetic {
    private IndexArithmetic() {}

    /**
     * A sum, difference or product; a constant if both operands are.
     *
     * @param op ADD, SUBTRACT or MULTIPLY
     */
    public static Expr combine(Exprs exprs, BinaryOp op, Expr a, Expr b) {
        if (a instanceof Expr.IntConstant x && b instanceof Expr.IntConstant y) {
            return exprs.constant(
                    switch (op) {
                        case ADD -> x.value() + y.value();
                        case SUBTRACT -> x.value() - y.value();
                        default -> x.value() * y.value();
                    });
        }
        if (op == BinaryOp.MULTIPLY) {
            return isNumber(a, 1) || isNumber(b, 0) ? b : isNumber(b, 1) || isNumber(a, 0) ? a : exprs.binary(op, a, b);
        }
        return isNumber(b, 0) ? a : op == BinaryOp.ADD && isNumber(a, 0) ? b : exprs.binary(op, a, b);
    }

    private static boolean isNumber(Expr node, int value) {
        return node instanceof Expr.IntConstant c && c.value() == value;
    }
}
