package dev.lossforge.processor.ad;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.UnaryOp;

/**
 * Recognises cotangents that vanish where a value is −∞: multiples of {@code e^(value + …)}. An exponential goes to 0
 * faster than any multiple of its exponent grows, so that {@code x·eˣ} is 0 at −∞ as {@code x·log x} is at 0.
 */
final class Decay {

    /** Where cotangents are longer, nothing is recognised: parts are shared, and met on many ways. */
    private static final int MOST_NODES = 200;

    private final Expr value;
    private int nodes;

    private Decay(Expr value) {
        this.value = value;
    }

    /** Whether a cotangent is 0 where the value is −∞. */
    static boolean vanishes(Expr ct, Expr value) {
        return new Decay(value).vanishes(ct);
    }

    private boolean vanishes(Expr ct) {
        return ++nodes <= MOST_NODES
                && (Cotangents.isZeroOrNan(ct)
                        || switch (ct) {
                            case Expr.Unary u ->
                                u.op() == UnaryOp.EXP && falls(u.operand())
                                        || u.op() == UnaryOp.NEGATE && vanishes(u.operand());
                            case Expr.Binary b ->
                                switch (b.op()) {
                                    case MULTIPLY -> vanishes(b.left()) || vanishes(b.right());
                                    case DIVIDE -> vanishes(b.left());
                                    case ADD, SUBTRACT -> vanishes(b.left()) && vanishes(b.right());
                                    default -> false;
                                };
                            case Expr.Select s -> vanishes(s.whenTrue()) && vanishes(s.whenFalse());
                            case Expr.Reduce r -> r.op() == ReduceOp.SUM && vanishes(r.body());
                            default -> false;
                        });
    }

    /** Whether an exponent is −∞ where the value is; on the other side of a choice the cotangent is masked. */
    private boolean falls(Expr exponent) {
        return exponent == value
                || ++nodes <= MOST_NODES
                        && switch (exponent) {
                            case Expr.Binary b ->
                                switch (b.op()) {
                                    case ADD -> falls(b.left()) || falls(b.right());
                                    case SUBTRACT -> falls(b.left());
                                    default -> false;
                                };
                            case Expr.Select s -> falls(s.whenTrue()) || falls(s.whenFalse());
                            default -> false;
                        };
    }
}
