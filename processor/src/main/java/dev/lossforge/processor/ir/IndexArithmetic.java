package dev.lossforge.processor.ir;

/** Operations on ints for positions. They omit what changes nothing, and combine the numbers that are added. */
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
        if (op == BinaryOp.SUBTRACT && a == b) {
            return exprs.constant(0);
        }
        if (op == BinaryOp.MULTIPLY) {
            return isNumber(a, 1) || isNumber(b, 0) ? b : isNumber(b, 1) || isNumber(a, 0) ? a : exprs.binary(op, a, b);
        }
        if (op == BinaryOp.ADD && a instanceof Expr.IntConstant && b instanceof Expr.Binary sum && offset(sum) != 0) {
            return combine(exprs, op, b, a);
        }
        if (b instanceof Expr.IntConstant more && a instanceof Expr.Binary sum && offset(sum) != 0) {
            int total = offset(sum) + (op == BinaryOp.ADD ? more.value() : -more.value());
            return total == 0
                    ? sum.left()
                    : exprs.binary(
                            total > 0 ? BinaryOp.ADD : BinaryOp.SUBTRACT, sum.left(), exprs.constant(Math.abs(total)));
        }
        return isNumber(b, 0) ? a : op == BinaryOp.ADD && isNumber(a, 0) ? b : exprs.binary(op, a, b);
    }

    /** The number that is added to something; 0 if none is. */
    private static int offset(Expr.Binary node) {
        return !(node.right() instanceof Expr.IntConstant c)
                ? 0
                : switch (node.op()) {
                    case ADD -> c.value();
                    case SUBTRACT -> -c.value();
                    default -> 0;
                };
    }

    private static boolean isNumber(Expr node, int value) {
        return node instanceof Expr.IntConstant c && c.value() == value;
    }
}
