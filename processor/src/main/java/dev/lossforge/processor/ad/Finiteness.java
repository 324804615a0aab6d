package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Exprs;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Recognises values that are finite wherever the inputs are moderate: made without divisions, logarithms and powers.
 */
final class Finiteness {

    private final Map<Expr, Boolean> known = new IdentityHashMap<>();

    /** Whether no input of ordinary size makes the value infinite or NaN. */
    boolean isSure(Expr node) {
        Boolean sure = known.get(node);
        if (sure == null) {
            sure = isTame(node) && Exprs.operands(node).stream().allMatch(this::isSure);
            known.put(node, sure);
        }
        return sure;
    }

    private static boolean isTame(Expr node) {
        return switch (node) {
            case Expr.Constant c -> Double.isFinite(c.value());
            case Expr.Unary u ->
                switch (u.op()) {
                    case NEGATE, ABS, SIGN, SQUARE, SIN, COS, ATAN, TANH, SIGMOID, SOFTPLUS, LOG_SIGMOID -> true;
                    case LOG_COSH, ERF, FLOOR, CEIL, ROUND, STOP_GRADIENT, TO_FLOAT, TO_INT, NOT -> true;
                    default -> false;
                };
            case Expr.Binary b ->
                switch (b.op()) {
                    case ADD, SUBTRACT, MULTIPLY, MAX, MIN, AND, OR -> true;
                    default -> false;
                };
            case Expr.Reduce r ->
                switch (r.op()) {
                    case SUM, PRODUCT, ARG_MAX, ARG_MIN -> true;
                    default -> false;
                };
            default -> true;
        };
    }
}
