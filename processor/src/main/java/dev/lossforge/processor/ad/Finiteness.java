package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Recognises values that are finite for all inputs: built from constants, indices and extents, without divisions,
 * logarithms and powers. An entry of an input is never such a value. Where a condition excludes it, it may be NaN,
 * infinite, or read at an index out of range.
 */
final class Finiteness {

    private final Map<Expr, Boolean> known = new IdentityHashMap<>();

    /** Whether no input makes the value infinite or NaN. */
    boolean isSure(Expr node) {
        Boolean sure = known.get(node);
        if (sure == null) {
            sure = isPosition(node)
                    || isTame(node) && Exprs.operands(node).stream().allMatch(this::isSure);
            known.put(node, sure);
        }
        return sure;
    }

    /** Whether a value is a position, which is a number whatever the data. */
    private static boolean isPosition(Expr node) {
        return node instanceof Expr.Order
                || node instanceof Expr.Reduce r
                        && switch (r.op()) {
                            case ARG_MAX, ARG_MIN -> true;
                            default -> false;
                        };
    }

    private static boolean isTame(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Double.isFinite(c.value());
            case Expr.Load l -> false;
            case Expr.Local l -> false;
            case Expr.Unary u ->
                switch (u.op()) {
                    case NEGATE, ABS, SIGN, SQUARE, TO_FLOAT, NOT -> true;
                    default -> false;
                };
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT, MULTIPLY, MAX, MIN, AND, OR -> true;
                    default -> false;
                };
            case Expr.Reduce r -> false;
            case Expr.State s -> false;
            case Expr.Scan s -> false;
            default -> true;
        };
    }
}
